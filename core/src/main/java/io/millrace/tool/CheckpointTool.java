// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.tool;

import io.millrace.runtime.durable.CheckpointFork;
import io.millrace.runtime.durable.CheckpointRecords;
import io.millrace.runtime.durable.CheckpointVerification;
import io.millrace.runtime.durable.CheckpointView;
import io.millrace.runtime.durable.JournalFormat;
import io.millrace.runtime.log.Claimant;
import io.millrace.runtime.log.FileLogStorage;
import io.millrace.runtime.log.LogDirectory;
import io.millrace.runtime.log.LogSettings;
import io.millrace.runtime.node.JournalCodec;
import io.millrace.runtime.node.SystemTime;
import io.millrace.runtime.wire.TypeRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Looks at checkpoint directories from the command line, without the program that wrote them and also while it runs. Ends with 0 if all
 * is well, with 1 if a checkpoint cannot be read or something is wrong with it, with 2 if it was called wrongly.
 */
@Command(
        name = "millrace checkpoint",
        description = "Looks at checkpoint directories. Nothing in a directory that is looked at is changed.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class CheckpointTool implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    private final JournalFormat format = new JournalCodec(TypeRegistry.empty());

    /** Does what the arguments say and ends the JVM. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The commands. */
    static CommandLine commandLine() {
        return new CommandLine(new CheckpointTool()).setExecutionExceptionHandler((failure, commandLine, arguments) -> {
            commandLine.getErr().println(message(failure));
            commandLine.getErr().flush();
            return failure instanceof IllegalArgumentException ? 2 : 1;
        });
    }

    private static String message(Exception failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    @Override
    public void run() {
        out().print(spec().commandLine().getUsageMessage());
        out().flush();
    }

    @Command(
            name = "show",
            description = "Tells what is in a checkpoint: runs, batches, inputs, state, snapshots, files.",
            mixinStandardHelpOptions = true)
    int show(
            @Parameters(paramLabel = "DIR", description = "the checkpoint directory") Path directory,
            @Option(names = "--json", description = "as JSON") boolean json)
            throws IOException {
        CheckpointView view = CheckpointView.of(read(directory));
        if (json) {
            print(List.of(JsonText.of(CheckpointText.tree(view))));
        } else {
            print(CheckpointText.lines(view));
        }
        return 0;
    }

    @Command(
            name = "verify",
            description = "Reads everything, and checks checksums and that batches follow one another.",
            mixinStandardHelpOptions = true)
    int verify(@Parameters(paramLabel = "DIR", description = "the checkpoint directory") Path directory)
            throws IOException {
        CheckpointRecords read = read(directory);
        List<String> findings = CheckpointVerification.of(read);
        print(findings);
        print(List.of(directory + ": " + read.records().size() + " records, "
                + read.history().snapshots().size() + " snapshots, batches to "
                + read.history().prepared() + ": "
                + (findings.isEmpty() ? "all is well" : findings.size() + " findings")));
        return findings.isEmpty() ? 0 : 1;
    }

    @Command(
            name = "fork",
            description = "Makes a checkpoint of its own of another one as it was after a batch.",
            mixinStandardHelpOptions = true)
    int fork(
            @Parameters(paramLabel = "DIR", description = "the checkpoint directory") Path directory,
            @Parameters(paramLabel = "NEW", description = "the new one: empty, or not there") Path target,
            @Option(names = "--batch", required = true, description = "the number of the last batch it is to have")
                    long batch,
            @Option(
                            names = "--job",
                            description = "the job that goes on from it; by default the same name, under which"
                                    + " transactional outputs refuse batches that they have")
                    @Nullable
                    String job,
            @Option(names = "--allow-network-file-system", description = "the new directory may be on NFS or the like")
                    boolean shared)
            throws IOException {
        CheckpointRecords source = read(directory);
        Set<LogDirectory.Allow> allowed = EnumSet.noneOf(LogDirectory.Allow.class);
        if (shared) {
            allowed.add(LogDirectory.Allow.NETWORK_FILE_SYSTEM);
        }
        String name = job == null ? source.job() : job;
        try (LogDirectory locked = LogDirectory.open(target, allowed);
                SystemTime time = new SystemTime("millrace-checkpoint")) {
            new CheckpointFork(source, format)
                    .at(
                            batch,
                            locked.storage(),
                            new Claimant(name, UUID.randomUUID(), time.source().now()),
                            LogSettings.DEFAULT);
        }
        print(List.of(target + " goes on after batch " + batch + " of job " + source.job() + ", as job " + name));
        return 0;
    }

    private CheckpointRecords read(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new NoSuchFileException(directory + " is no directory");
        }
        return CheckpointRecords.read(new FileLogStorage(directory), format);
    }

    private void print(List<String> lines) {
        lines.forEach(out()::println);
        out().flush();
    }

    private PrintWriter out() {
        return spec().commandLine().getOut();
    }

    private CommandSpec spec() {
        CommandSpec known = spec;
        if (known == null) {
            throw new IllegalStateException("the tool is run by picocli");
        }
        return known;
    }
}
