// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputFencedException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The claims of a directory: a file per epoch, {@code epoch-0000000007.json}, that says who claimed it. The highest one counts; it is
 * there before the lock is asked for, so that whoever holds the lock finds out.
 */
final class Epochs {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern NAME = Pattern.compile("epoch-(\\d{10,18})\\.json");

    private final Path directory;

    /** The claims in a directory of manifests. */
    Epochs(Path directory) {
        this.directory = directory;
    }

    /** The highest epoch that was claimed; 0 if none was. */
    long newest() throws IOException {
        long newest = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "epoch-*")) {
            for (Path file : files) {
                Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
                newest = Math.max(newest, name.matches() ? Long.parseLong(name.group(1)) : 0);
            }
        }
        return newest;
    }

    /** Throws if a higher epoch than that of the claim was claimed. */
    void check(OutputClaim claim) throws IOException, OutputFencedException {
        long newest = newest();
        if (newest > claim.epoch()) {
            throw new OutputFencedException(claim, newest);
        }
    }

    /**
     * Makes the claim, which is on the disk then.
     *
     * @return true if this is news, so that somebody may be writing who does not know of it
     */
    boolean claim(OutputClaim claim) throws IOException, OutputFencedException {
        check(claim);
        long before = newest();
        if (before > 0) {
            checkOwner(claim, before);
        }
        if (before == claim.epoch()) {
            return false;
        }
        try (FileChannel file =
                FileChannel.open(path(claim.epoch()), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            Durable.writeFully(file, ByteBuffer.wrap(text(claim).getBytes(UTF_8)));
            file.force(true);
        } catch (FileAlreadyExistsException e) {
            // it was claimed at the same time
        }
        Durable.forceDirectory(directory);
        check(claim);
        return true;
    }

    /** Forgets the claims before this one, which count no more. */
    void forgetBefore(long epoch) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "epoch-*")) {
            for (Path file : files) {
                Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
                if (name.matches() && Long.parseLong(name.group(1)) < epoch) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private Path path(long epoch) {
        return directory.resolve(String.format(Locale.ROOT, "epoch-%010d.json", epoch));
    }

    private static String text(OutputClaim claim) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("job", claim.job());
            out.writeStringField("output", claim.output());
            out.writeNumberField("epoch", claim.epoch());
            out.writeEndObject();
        }
        return text.append('\n').toString();
    }

    /** Epochs of two jobs cannot be compared. A file that is not whole was left by a crash, and says nothing. */
    private void checkOwner(OutputClaim claim, long epoch) throws IOException {
        String job = "";
        String output = "";
        try (JsonParser in = JSON.createParser(Files.readString(path(epoch)))) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                in.nextToken();
                job = name.equals("job") ? in.getText() : job;
                output = name.equals("output") ? in.getText() : output;
            }
        } catch (NoSuchFileException | JsonParseException e) {
            return;
        }
        if (!job.isEmpty() && !(job.equals(claim.job()) && output.equals(claim.output()))) {
            throw new IOException(directory.getParent() + " belongs to output " + output + " of job " + job
                    + ", so output " + claim.output() + " of job " + claim.job() + " must not write to it");
        }
    }
}
