// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.table.query.StreamingQueryListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Parser;
import org.jline.reader.PrintAboveWriter;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.WriterOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the SQL that is typed, over a stream of numbers or over the lines from a socket, and shows the result as it changes. */
@Command(
        name = "SqlShell",
        description = {
            "Runs the SQL that is typed: over the table 'rate' (timestamp, value), a stream of numbers, and, if --host or --port is given,"
                    + " over the table 'lines' (value, timestamp). Without a terminal it runs what it reads from the standard input."
        },
        footer = {
            "",
            "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.SqlShell",
            "echo \"SELECT value %% 3 AS r, count(*) AS n FROM rate GROUP BY value %% 3\" |"
                    + " mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.SqlShell"
        })
public final class SqlShell implements Callable<Integer> {

    private static final String PROMPT = "sql> ";
    private static final String DUMB = "dumb";

    /** Knows whether a statement goes on in the next line. */
    private static final Parser PARSER = new DefaultParser()
            .quoteChars(new char[] {'\'', '`'})
            .escapeChars(new char[0])
            .eofOnUnclosedQuote(true)
            .eofOnUnclosedBracket(DefaultParser.Bracket.ROUND);

    /** Statements, if they come neither from a terminal nor from the standard input. */
    private final Optional<BufferedReader> given;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description =
                    "The table 'lines' has what this host says, as 'nc -lk 9999'. Default: localhost if --port is given")
    private @Nullable String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port of that host. Default: 9999 if --host is given")
    private @Nullable Integer port;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help and ends.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Option(
            names = "--rows-per-second",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many rows a second the table 'rate' has. Default: ${DEFAULT-VALUE}")
    private long rowsPerSecond;

    @Option(
            names = "--batch-interval",
            paramLabel = "TIME",
            defaultValue = "1s",
            converter = Interval.class,
            description = "How often the result of a stream may change, such as 100ms or 2s. Default: ${DEFAULT-VALUE}")
    private Duration batchInterval = Duration.ofSeconds(1);

    @Option(
            names = "--batches",
            paramLabel = "N",
            defaultValue = "3",
            description = {
                "After how many batches a query over a stream ends. In a terminal it goes on until it is stopped.",
                "Default: ${DEFAULT-VALUE}"
            })
    private long batches;

    @Option(
            names = "--history",
            paramLabel = "FILE",
            description = "Where a terminal's statements are kept for the next time. Default: nowhere")
    private @Nullable Path history;

    /** A shell on the terminal, or on the standard input if there is none. */
    public SqlShell() {
        this.given = Optional.empty();
    }

    /** A shell that reads these lines. */
    SqlShell(BufferedReader statements) {
        this.given = Optional.of(statements);
    }

    /** Runs it. */
    public static void main(String... args) {
        Launcher.run(new SqlShell(), args);
    }

    @Override
    public Integer call() throws Exception {
        if (batches < 1) {
            throw new IllegalArgumentException("--batches must be >= 1, but is " + batches);
        }
        if (given.isPresent()) {
            return run(given.get());
        }
        if (isWithoutConsole()) {
            return run(standardInput());
        }
        try (Terminal terminal = TerminalBuilder.builder().dumb(true).build()) {
            boolean dumb = terminal.getType().startsWith(DUMB);
            boolean piped = dumb && !DUMB.equals(System.getenv("TERM"));
            return piped ? run(standardInput()) : talk(terminal, dumb);
        }
    }

    /** True means that there is no terminal. From Java 22 on it is never true, and the kind of the terminal must be asked. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isWithoutConsole() {
        return System.console() == null;
    }

    private static BufferedReader standardInput() {
        return new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    }

    /** Runs all statements, each until it has shown what it is to show. */
    private int run(BufferedReader in) throws IOException, InterruptedException {
        ShellScreen screen = new PrintedScreen(System.out, System.err);
        try (ShellSession shell = ShellSession.on(screen, batchInterval, batches)) {
            Thread hook = closedByCtrlC(shell);
            addTables(shell);
            StringBuilder statement = new StringBuilder();
            boolean going = true;
            for (String line = in.readLine(); going && line != null; line = in.readLine()) {
                statement.append(statement.isEmpty() ? "" : "\n").append(line);
                if (isWhole(statement.toString())) {
                    going = shell.accept(statement.toString());
                    shell.toTheLast();
                    statement.setLength(0);
                }
            }
            if (going && !statement.isEmpty()) {
                var unused = shell.accept(statement.toString());
                shell.toTheLast();
            }
            remove(hook);
            return shell.errors() > 0 ? 1 : 0;
        }
    }

    private static boolean isWhole(String statement) {
        try {
            var unused = PARSER.parse(statement, statement.length(), Parser.ParseContext.ACCEPT_LINE);
            return true;
        } catch (EOFError e) {
            return false;
        }
    }

    /** Runs what is typed until the end of it. */
    private int talk(Terminal terminal, boolean dumb) {
        LineReader reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(PARSER)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
        if (history != null) {
            reader.setVariable(LineReader.HISTORY_FILE, history.toAbsolutePath());
        }
        ShellScreen screen = dumb ? new PrintedScreen(System.out, System.out) : new TerminalScreen(terminal, reader);
        PrintStream log = System.err;
        // what is logged stands above the prompt, not in the middle of the table
        System.setErr(new PrintStream(
                new WriterOutputStream(new PrintAboveWriter(reader), StandardCharsets.UTF_8),
                true,
                StandardCharsets.UTF_8));
        try {
            talk(reader, screen);
        } finally {
            System.setErr(log);
        }
        return 0;
    }

    private void talk(LineReader reader, ShellScreen screen) {
        try (ShellSession shell = ShellSession.on(screen, batchInterval, Long.MAX_VALUE)) {
            Thread hook = closedByCtrlC(shell);
            shell.tables().streams().addListener(new StreamingQueryListener() {
                @Override
                public void onQueryTerminated(QueryTerminated event) {
                    event.exception().ifPresent(failure -> {
                        screen.ended();
                        screen.error("error: " + failure);
                    });
                }
            });
            addTables(shell);
            screen.say("SQL over streams; .help says what can be typed, .tables what there is");
            boolean going = true;
            while (going) {
                try {
                    going = shell.accept(reader.readLine(PROMPT));
                } catch (UserInterruptException e) {
                    if (!shell.stop()) {
                        screen.say("no query runs; exit ends the shell");
                    }
                } catch (EndOfFileException e) {
                    going = false;
                }
            }
            var unused = shell.stop();
            remove(hook);
        }
    }

    private void addTables(ShellSession shell) {
        shell.add(
                "rate",
                shell.tables()
                        .readStream()
                        .format("rate")
                        .option("rowsPerSecond", rowsPerSecond)
                        .load());
        SampleOptions.address(host, port)
                .ifPresent(address -> shell.add(
                        "lines",
                        shell.tables()
                                .readStream()
                                .format("socket")
                                .option("host", address.host())
                                .option("port", address.port())
                                .option("includeTimestamp", true)
                                .load()));
    }

    private static Thread closedByCtrlC(ShellSession shell) {
        Thread hook = new Thread(shell::close, "millrace-shell-end");
        Runtime.getRuntime().addShutdownHook(hook);
        return hook;
    }

    private static void remove(Thread hook) {
        try {
            var unused = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it is at work: the JVM ends
        }
    }
}
