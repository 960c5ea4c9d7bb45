// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.s3;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a part of a batch is called: sorted as texts, the names are in the order of the batches.
 *
 * @param batch the number of the batch
 * @param partition which part of it
 */
record PartName(long batch, int partition) {

    private static final Pattern MANIFEST = Pattern.compile("(\\d{19})-(\\d{5,10})\\.json");

    /** {@code 0000000000000000017-00000}. */
    String text() {
        return String.format(Locale.ROOT, "%019d-%05d", batch, partition);
    }

    String manifest() {
        return text() + ".json";
    }

    /** The part of a manifest of that name, if it is one. */
    static Optional<PartName> ofManifest(String name) {
        Matcher matcher = MANIFEST.matcher(name);
        return matcher.matches()
                ? Optional.of(new PartName(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /** Greater than the names of all parts of this batch, and less than those of the next. */
    static String after(long batch) {
        return String.format(Locale.ROOT, "%019d-~", batch);
    }
}
