// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a snapshot; no two attempts share one.
 *
 * @param batch the last batch in it, at least 0
 * @param epoch who wrote it, at least 1
 * @param attempt never used before
 */
public record SnapshotId(long batch, int epoch, UUID attempt) {

    private static final Pattern NAME =
            Pattern.compile("(\\d{9,18})-e(\\d{6,9})-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.snap");

    /** Checks the bounds. */
    public SnapshotId {
        if (batch < 0 || epoch < 1) {
            throw new IllegalArgumentException("batch >= 0, epoch >= 1: " + batch + ", " + epoch);
        }
    }

    /** The snapshot of that file name, if it is one. */
    static Optional<SnapshotId> ofName(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() && Integer.parseInt(matcher.group(2)) > 0
                ? Optional.of(new SnapshotId(
                        Long.parseLong(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        UUID.fromString(matcher.group(3))))
                : Optional.empty();
    }

    /** The file, such as {@code snapshots/000000042-e000007-….snap}. */
    public String path() {
        return Snapshots.DIRECTORY + "/" + String.format(Locale.ROOT, "%09d-e%06d-%s.snap", batch, epoch, attempt);
    }
}
