/** Redirects, cookies and authentication, end to end. */
package io.httptrace.client.followups;
