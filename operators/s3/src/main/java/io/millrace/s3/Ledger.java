// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.s3;

import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputFencedException;
import io.millrace.operator.OutputRefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What says which objects of a sink count: claims, manifests and seals. No object of it is ever changed.
 *
 * <p>A run claims its epoch, then looks what earlier runs have written, and seals it: what one of them puts later does not count. A writer
 * puts a manifest, then looks whether there is a higher claim; if there is none, the one who claims next sees the manifest. Readers look at
 * manifests, then at claims, and go by the seal of the highest one alone.
 */
final class Ledger {

    static final String DIRECTORY = "_millrace/";

    private static final String CLAIMS = DIRECTORY + "claims/";
    private static final String SEALS = DIRECTORY + "seals/";
    private static final String MANIFESTS = DIRECTORY + "manifests/";

    private final S3Objects objects;

    Ledger(S3Objects objects) {
        this.objects = objects;
    }

    /**
     * Claims an epoch and seals those before.
     *
     * @return how far this run and those before have come, as far as it counts, by their epochs
     * @throws OutputRefusedException if the prefix belongs to another output
     */
    List<Newest> claim(OutputClaim claim) throws IOException, OutputFencedException, OutputRefusedException {
        refuseIfReplaced(claim);
        List<Long> claimed = claimed();
        if (!claimed.isEmpty()) {
            refuseForeign(claim, claimed.get(claimed.size() - 1));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("job", claim.job());
        document.put("output", claim.output());
        document.put("epoch", claim.epoch());
        if (!objects.putIfAbsent(claimKey(claim.epoch()), JsonText.of(document))) {
            refuseForeign(claim, claim.epoch());
        }
        refuseIfReplaced(claim);
        List<Newest> counted = new ArrayList<>(seal(claim.epoch()));
        newest(claim.epoch()).ifPresent(counted::add);
        return counted;
    }

    /** Refuses if a higher epoch has claimed. */
    void refuseIfReplaced(OutputClaim claim) throws IOException, OutputFencedException {
        List<Long> higher = objects.list(CLAIMS, epochName(claim.epoch()), Integer.MAX_VALUE).stream()
                .filter(Ledger::isEpoch)
                .map(Long::valueOf)
                .toList();
        if (!higher.isEmpty()) {
            throw new OutputFencedException(claim, higher.get(higher.size() - 1));
        }
    }

    /** Puts a manifest; false if there is another one. If it is this one, the reply to an earlier request was lost. */
    boolean put(S3Manifest manifest) throws IOException {
        String name = new PartName(manifest.batch(), manifest.partition()).manifest();
        String key = manifests(manifest.epoch()) + name;
        byte[] bytes = manifest.encode();
        return objects.putIfAbsent(key, bytes) || Arrays.equals(bytes, objects.get(key));
    }

    /** The epochs that have manifests, in ascending order. */
    List<Long> written() throws IOException {
        return objects.list(MANIFESTS).stream().map(Long::valueOf).toList();
    }

    /** The parts that an epoch has written after a name, at most so many; not all of them need count. */
    List<PartName> parts(long epoch, String after, int most) throws IOException {
        return objects.list(manifests(epoch), after, most).stream()
                .flatMap(name -> PartName.ofManifest(name).stream())
                .toList();
    }

    /** A manifest that is there. */
    S3Manifest manifest(long epoch, PartName part) throws IOException {
        String key = manifests(epoch) + part.manifest();
        return S3Manifest.decode(objects.require(key), objects.describe(key));
    }

    /** All epochs that were claimed, in ascending order. */
    List<Long> claimed() throws IOException {
        return objects.list(CLAIMS).stream()
                .filter(Ledger::isEpoch)
                .map(Long::valueOf)
                .toList();
    }

    /** How far the runs before an epoch have come, by its seal; empty if it has not put one yet. */
    Optional<List<Newest>> sealed(long epoch) throws IOException {
        byte[] bytes = objects.get(SEALS + epochName(epoch));
        if (bytes == null) {
            return Optional.empty();
        }
        String source = objects.describe(SEALS + epochName(epoch));
        List<Newest> counted = new ArrayList<>();
        for (Object run : JsonText.list(JsonText.read(bytes, source), "runs", source)) {
            counted.add(Newest.of(run, source));
        }
        return Optional.of(counted);
    }

    private List<Newest> seal(long epoch) throws IOException {
        Optional<List<Newest>> there = sealed(epoch);
        if (there.isPresent()) {
            return there.get();
        }
        List<Newest> counted = new ArrayList<>();
        long sealedBefore = 0;
        List<Long> claimed = claimed();
        for (int i = claimed.size() - 1; i >= 0 && counted.isEmpty(); i--) {
            long before = claimed.get(i);
            Optional<List<Newest>> seal = before < epoch ? sealed(before) : Optional.empty();
            if (seal.isPresent()) {
                counted.addAll(seal.get());
                sealedBefore = before;
                break;
            }
        }
        for (long run : written()) {
            if (run >= sealedBefore && run < epoch) {
                newest(run).ifPresent(counted::add);
            }
        }
        byte[] document = JsonText.of(
                Map.of("runs", counted.stream().map(Newest::document).toList()));
        // If one is there by now, another instance of this epoch was faster; it counts.
        return objects.putIfAbsent(SEALS + epochName(epoch), document)
                ? counted
                : sealed(epoch).orElseThrow();
    }

    /** How far a run has come, by a search in steps that double and then halve: at most 130 requests for any number of manifests. */
    private Optional<Newest> newest(long epoch) throws IOException {
        Optional<PartName> first = next(epoch, "");
        if (first.isEmpty()) {
            return Optional.empty();
        }
        long there = first.get().batch();
        long step = 1;
        long none = Long.MAX_VALUE;
        while (none - there > 1) {
            long guess =
                    none == Long.MAX_VALUE && step < none - there ? there + step - 1 : there + (none - there - 1) / 2;
            Optional<PartName> later = next(epoch, PartName.after(guess));
            if (later.isPresent()) {
                there = later.get().batch();
                step = Math.min(step * 2, Long.MAX_VALUE / 4);
            } else {
                none = guess + 1;
            }
        }
        String before = there == 0 ? "" : PartName.after(there - 1);
        long newest = there;
        Set<Integer> partitions = parts(epoch, before, Integer.MAX_VALUE).stream()
                .filter(part -> part.batch() == newest)
                .map(PartName::partition)
                .collect(Collectors.toCollection(HashSet::new));
        return Optional.of(new Newest(epoch, newest, partitions));
    }

    private Optional<PartName> next(long epoch, String after) throws IOException {
        return parts(epoch, after, 1).stream().findFirst();
    }

    private void refuseForeign(OutputClaim claim, long epoch) throws IOException, OutputRefusedException {
        String source = objects.describe(claimKey(epoch));
        Map<?, ?> other = JsonText.read(objects.require(claimKey(epoch)), source);
        String job = JsonText.text(other, "job", source);
        String output = JsonText.text(other, "output", source);
        boolean takenOver = epoch == 0 && claim.epoch() > 0; // of a job without a checkpoint directory
        if (!takenOver && !(job.equals(claim.job()) && output.equals(claim.output()))) {
            throw new OutputRefusedException(objects.describe("") + " belongs to output " + output + " of job " + job
                    + ": give output " + claim.output() + " of job " + claim.job() + " another prefix");
        }
    }

    private static String claimKey(long epoch) {
        return CLAIMS + epochName(epoch);
    }

    private static String manifests(long epoch) {
        return MANIFESTS + epochName(epoch) + "/";
    }

    private static String epochName(long epoch) {
        return String.format(Locale.ROOT, "%019d", epoch);
    }

    /** False for what is no claim yet: some servers list an object under another name while it is being put. */
    private static boolean isEpoch(String name) {
        return name.matches("\\d{19}");
    }
}
