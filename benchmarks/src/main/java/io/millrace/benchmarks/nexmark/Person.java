// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

/**
 * Somebody who opens auctions and bids.
 *
 * @param micros when the account was made, in microseconds since 1970
 */
public record Person(
        long id,
        String name,
        String emailAddress,
        String creditCard,
        String city,
        String state,
        long micros,
        String extra) {}
