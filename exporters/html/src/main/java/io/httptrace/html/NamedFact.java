package io.httptrace.html;

/**
 * Something that is known.
 *
 * @param name what it is
 * @param value its value
 */
record NamedFact(String name, String value) {}
