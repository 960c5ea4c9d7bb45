// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Reads what an {@link S3Sink} has written by its manifests, also while it is being written: sees every part of a batch whole and once, or
 * not at all. While a new run of the job takes the sink over, it sees nothing new. Thread-safe.
 *
 * <pre>{@code
 * List<S3Manifest> news = reader.manifests();
 * while (!news.isEmpty()) {
 *     for (S3Manifest part : news) {
 *         process(reader.lines(part));
 *     }
 *     news = reader.after(news.get(news.size() - 1));
 * }
 * }</pre>
 */
public final class S3ManifestReader {

    /** How many manifests are read at once. */
    public static final int MOST = 1000;

    private final S3Objects objects;
    private final Ledger ledger;
    private final int most;

    private S3ManifestReader(S3Objects objects, int most) {
        this.objects = objects;
        this.ledger = new Ledger(objects);
        this.most = most;
    }

    /**
     * A reader of the place of a sink; nothing need be there yet.
     *
     * @param client stays the caller's
     */
    public static S3ManifestReader of(S3Client client, String bucket, String prefix) {
        return new S3ManifestReader(new S3Objects(client, bucket, prefix), MOST);
    }

    /** For tests: the same with another bound. */
    S3ManifestReader most(int manifests) {
        return new S3ManifestReader(objects, manifests);
    }

    /** The first {@value #MOST} manifests, in the order of the runs and of their batches. */
    public List<S3Manifest> manifests() throws IOException {
        return read(new Part(-1, new PartName(0, 0)));
    }

    /** The next {@value #MOST} manifests after one that was read before; none if there is nothing new. */
    public List<S3Manifest> after(S3Manifest last) throws IOException {
        return read(new Part(last.epoch(), new PartName(last.batch(), last.partition())));
    }

    private record Part(long epoch, PartName name) {}

    private List<S3Manifest> read(Part last) throws IOException {
        Part from = last;
        while (true) {
            // Manifests before claims: a manifest that was put after a later claim is then seen together with that
            // claim.
            List<Part> page = page(from);
            List<S3Manifest> manifests = counted(page);
            if (!manifests.isEmpty() || page.size() < most) {
                return manifests;
            }
            from = page.get(page.size() - 1);
        }
    }

    private List<Part> page(Part from) throws IOException {
        List<Part> parts = new ArrayList<>();
        for (long epoch : ledger.written()) {
            if (epoch >= from.epoch() && parts.size() < most) {
                String after = epoch == from.epoch() ? from.name().manifest() : "";
                for (PartName name : ledger.parts(epoch, after, most - parts.size())) {
                    parts.add(new Part(epoch, name));
                }
            }
        }
        return parts;
    }

    private List<S3Manifest> counted(List<Part> parts) throws IOException {
        List<S3Manifest> manifests = new ArrayList<>();
        List<Long> claimed = parts.isEmpty() ? List.of() : ledger.claimed();
        if (claimed.isEmpty()) {
            return manifests;
        }
        long owner = claimed.get(claimed.size() - 1);
        Optional<List<Newest>> sealed = ledger.sealed(owner);
        if (sealed.isPresent()) {
            for (Part part : parts) {
                if (part.epoch() == owner || counts(sealed.get(), part)) {
                    manifests.add(ledger.manifest(part.epoch(), part.name()));
                }
            }
        }
        return manifests;
    }

    private static boolean counts(List<Newest> runs, Part part) {
        return runs.stream()
                .anyMatch(run -> run.epoch() == part.epoch()
                        && run.has(part.name().batch(), part.name().partition()));
    }

    /**
     * The bytes of a part, with the header of the format if it has one; none if it has no records.
     *
     * @throws IOException if they cannot be read, or are not those that were written; it names the object
     */
    public byte[] bytes(S3Manifest manifest) throws IOException {
        if (manifest.object().isEmpty()) {
            return new byte[0];
        }
        byte[] bytes = objects.require(manifest.object());
        if (bytes.length != manifest.bytes() || S3Sink.crc(bytes) != manifest.crc32c()) {
            throw new IOException(objects.describe(manifest.object()) + " has " + bytes.length
                    + " bytes that are not those of batch " + manifest.batch() + ", by its length or its CRC32C");
        }
        return bytes;
    }

    /** The lines of a part: one per record in text and JSON files. */
    public List<String> lines(S3Manifest manifest) throws IOException {
        return new String(bytes(manifest), UTF_8).lines().toList();
    }
}
