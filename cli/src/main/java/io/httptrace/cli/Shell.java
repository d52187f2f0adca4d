package io.httptrace.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * What the command is run in.
 *
 * @param stdin standard input
 * @param stdout standard output
 * @param stderr standard error
 * @param stdoutIsTerminal whether a person reads standard output
 * @param stderrIsTerminal whether a person reads standard error
 * @param environment the environment variables
 */
record Shell(
    InputStream stdin,
    PrintStream stdout,
    PrintStream stderr,
    boolean stdoutIsTerminal,
    boolean stderrIsTerminal,
    Map<String, String> environment) {}
