// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

/**
 * A bid.
 *
 * @param auction the id of an auction
 * @param bidder the id of a person
 * @param micros when it was made, in microseconds since 1970
 */
public record Bid(long auction, long bidder, long price, Ascii channel, Ascii url, long micros, Ascii extra) {}
