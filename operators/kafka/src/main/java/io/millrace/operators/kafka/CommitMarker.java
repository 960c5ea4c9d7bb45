// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.operator.OutputClaim;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the topic of commits says of one output, as its newest record of a key: {@code 1 <batch> <epoch>}. The key {@code
 * job/output/3} has the newest batch of partition 3, the key {@code job/output} has the newest claim and batch 0. A {@code /} or
 * {@code %} in a name is written as in a URL.
 *
 * @param batch the newest batch
 * @param epoch who wrote it
 */
record CommitMarker(long batch, long epoch) {

    private static final Pattern FORM = Pattern.compile("1 (\\d{1,18}) (\\d{1,18})");

    /** The name of the output in keys and in the id of its transactions. */
    static String output(OutputClaim claim) {
        return escape(claim.job()) + "/" + escape(claim.output());
    }

    static byte[] claimKey(OutputClaim claim) {
        return output(claim).getBytes(UTF_8);
    }

    static byte[] partKey(OutputClaim claim, int partition) {
        return (output(claim) + "/" + partition).getBytes(UTF_8);
    }

    byte[] toBytes() {
        return ("1 " + batch + " " + epoch).getBytes(UTF_8);
    }

    /**
     * Reads a marker.
     *
     * @throws IllegalStateException if it is none
     */
    static CommitMarker parse(String key, byte[] bytes) {
        Matcher form = FORM.matcher(new String(bytes, UTF_8));
        if (!form.matches()) {
            throw new IllegalStateException(
                    "the record of " + key + " is no marker of a commit, or one of a later version of Millrace");
        }
        return new CommitMarker(Long.parseLong(form.group(1)), Long.parseLong(form.group(2)));
    }

    private static String escape(String name) {
        return name.replace("%", "%25").replace("/", "%2F");
    }
}
