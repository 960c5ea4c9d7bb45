// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.OutputFencedException;
import io.millrace.operator.OutputRefusedException;
import io.millrace.operator.TransactionalOutput;
import io.millrace.operators.sink.file.FileFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Writes batches to objects of S3, each wholly or not at all, and once.
 *
 * <p>A part of a batch is one object, {@code <prefix>/<batch>-<partition>.<extension>}, and a manifest below {@code <prefix>/_millrace},
 * which is put after it: a batch is there when its manifest is. Who follows the manifests, as {@link S3ManifestReader} does, sees each
 * batch whole and once, or not at all. Who lists the objects sees each once, too, but may see one that is not committed yet.
 *
 * <p>No object is ever overwritten: all are put with {@code If-None-Match: *}. An endpoint that ignores this is found out by the first
 * claim and refused. A run that was replaced writes nothing that counts, also if it wakes up between two requests: the next run seals what
 * it finds. Should such a run have put another object under the name of a batch, the object of the batch gets the number of its epoch
 * into its name, as its manifest says.
 *
 * <p>A batch takes four requests: two puts, and two lists that look for a later claim; one without records takes three. It is in memory as
 * a whole, and may have 1 GiB. Claims, manifests and objects are never deleted; a rule of the bucket may delete objects and manifests that
 * are old, but must keep {@code _millrace/claims} and {@code _millrace/seals}.
 *
 * @param <T> records
 */
public final class S3Sink<T> implements TransactionalOutput<T> {

    private static final Logger LOG = LoggerFactory.getLogger(S3Sink.class);
    private static final int MOST_BYTES = 1 << 30;

    private final S3Objects objects;
    private final Ledger ledger;
    private final FileFormat<? super T> format;
    private final int mostBytes;
    private boolean probed;
    private @Nullable OutputClaim claimed;
    private @Nullable List<Newest> runs;

    private S3Sink(S3Objects objects, FileFormat<? super T> format, int mostBytes) {
        this.objects = objects;
        this.ledger = new Ledger(objects);
        this.format = format;
        this.mostBytes = mostBytes;
    }

    /**
     * A sink.
     *
     * @param client stays the caller's, who closes it when the job has ended
     * @param bucket must be there
     * @param prefix of this sink alone, such as {@code jobs/words/counts}
     * @param format how records are written
     */
    public static <T> S3Sink<T> to(S3Client client, String bucket, String prefix, FileFormat<? super T> format) {
        return new S3Sink<>(new S3Objects(client, bucket, prefix), format, MOST_BYTES);
    }

    /** For tests: the same with another bound for a batch. */
    S3Sink<T> mostBytes(int bytes) {
        return new S3Sink<>(objects, format, bytes);
    }

    @Override
    public String kind() {
        return "s3";
    }

    @Override
    public OptionalLong claim(OutputClaim claim) throws IOException, OutputFencedException, OutputRefusedException {
        if (!probed) {
            probe();
        }
        List<Newest> found = ledger.claim(claim).stream()
                // The batches of a job without a checkpoint directory have other numbers.
                .filter(run -> run.epoch() > 0 || claim.epoch() == 0)
                .toList();
        claimed = claim;
        runs = found;
        OptionalLong newest = found.stream().mapToLong(Newest::batch).max();
        LOG.info(
                "claimed place={} job={} output={} epoch={} newest={}",
                objects.describe(""),
                claim.job(),
                claim.output(),
                claim.epoch(),
                newest);
        return newest;
    }

    private void probe() throws IOException, OutputRefusedException {
        try {
            objects.checkConditionalPuts(Ledger.DIRECTORY);
            probed = true;
        } catch (IllegalStateException e) {
            throw new OutputRefusedException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Writes a batch of a job without a checkpoint directory: once for each time of a batch, as epoch 0, so that such jobs are told apart
     * by the prefix alone.
     */
    @Override
    public void write(BatchTime time, List<T> records)
            throws IOException, OutputFencedException, OutputRefusedException {
        commit(new OutputCommit(new OutputClaim("-", kind(), 0), time.millis(), time, 0), records);
    }

    @Override
    public boolean commit(OutputCommit commit, List<T> records)
            throws IOException, OutputFencedException, OutputRefusedException {
        if (!commit.claim().equals(claimed)) {
            claim(commit.claim());
        }
        List<Newest> known = runs == null ? List.of() : runs;
        ledger.refuseIfReplaced(commit.claim());
        if (known.stream().anyMatch(run -> run.has(commit.batch(), commit.partition()))) {
            return false;
        }
        try {
            byte[] bytes = encode(commit, records);
            String object = records.isEmpty() ? "" : put(commit, bytes);
            boolean written = ledger.put(new S3Manifest(
                    commit.claim().epoch(),
                    commit.batch(),
                    commit.partition(),
                    commit.time(),
                    object,
                    bytes.length,
                    crc(bytes),
                    records.size()));
            ledger.refuseIfReplaced(commit.claim());
            runs = with(known, commit);
            return written;
        } catch (IOException e) {
            throw new IOException(
                    commit.describe() + ", " + records.size() + " records, could not be written: " + e.getMessage(), e);
        }
    }

    /** Puts the object unless it is there, and returns its key. */
    private String put(OutputCommit commit, byte[] bytes) throws IOException, OutputRefusedException {
        String name = new PartName(commit.batch(), commit.partition()).text();
        String key = name + "." + format.extension();
        if (objects.putIfAbsent(key, bytes) || Arrays.equals(bytes, objects.get(key))) {
            return key;
        }
        String own = name + "-e" + commit.claim().epoch() + "." + format.extension();
        LOG.warn("another run has put another object key={} instead={}", objects.describe(key), own);
        if (objects.putIfAbsent(own, bytes) || Arrays.equals(bytes, objects.get(own))) {
            return own;
        }
        throw new OutputRefusedException(
                objects.describe(own) + " is there with other records: was this batch given different ones before?");
    }

    private byte[] encode(OutputCommit commit, List<T> records) throws IOException, OutputRefusedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(format.header().getBytes(UTF_8));
        StringBuilder text = new StringBuilder();
        for (T record : records) {
            text.setLength(0);
            format.append(record, text);
            byte[] bytes = text.toString().getBytes(UTF_8);
            if (out.size() + (long) bytes.length > mostBytes) {
                throw new OutputRefusedException(
                        commit.describe() + ", " + records.size() + " records, cannot be written: it has more than "
                                + mostBytes + " bytes; make batches shorter");
            }
            out.write(bytes);
        }
        return records.isEmpty() ? new byte[0] : out.toByteArray();
    }

    /** What is known once a part has been written; of older batches nothing need be known. */
    private static List<Newest> with(List<Newest> known, OutputCommit commit) {
        Set<Integer> partitions = new HashSet<>(Set.of(commit.partition()));
        known.stream().filter(run -> run.batch() == commit.batch()).forEach(run -> partitions.addAll(run.partitions()));
        return List.of(new Newest(commit.claim().epoch(), commit.batch(), partitions));
    }

    static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    @Override
    public void close() {
        claimed = null;
    }
}
