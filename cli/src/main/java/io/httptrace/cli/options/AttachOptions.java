package io.httptrace.cli.options;

import io.httptrace.cli.options.CommandOptions.Color;

/**
 * The options of {@code httptrace attach}.
 *
 * @param target the number of the process, or its main class or jar
 * @param json whether to print timelines as JSON
 * @param color when to use colour
 * @param showSecrets whether to leave secrets unmasked
 */
public record AttachOptions(String target, boolean json, Color color, boolean showSecrets) {}
