// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

/**
 * Somebody who opens auctions and bids.
 *
 * @param micros when the account was made, in microseconds since 1970
 */
public record Person(
        long id, Ascii name, Ascii emailAddress, Ascii creditCard, Ascii city, Ascii state, long micros, Ascii extra) {}
