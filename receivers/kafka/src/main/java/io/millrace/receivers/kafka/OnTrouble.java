// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.kafka;

/** What becomes of a receiver when records cannot be had. */
public enum OnTrouble {
    /**
     * Its source fails with an error that names the records, and is opened again, with growing delays, until the cause is removed.
     * Nothing is left out.
     */
    FAIL,
    /** They are left out, counted and reported as an error of the receiver; it goes on behind them. */
    GO_ON
}
