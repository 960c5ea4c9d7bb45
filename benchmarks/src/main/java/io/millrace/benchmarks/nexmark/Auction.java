// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

/**
 * Something for sale.
 *
 * @param micros when it was opened, in microseconds since 1970
 * @param expiresMicros when it closes
 * @param seller the id of a person
 */
public record Auction(
        long id,
        Ascii itemName,
        Ascii description,
        long initialBid,
        long reserve,
        long micros,
        long expiresMicros,
        long seller,
        long category,
        Ascii extra) {}
