// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.listener;

import java.time.Duration;
import java.util.Optional;

/**
 * What became of one output in one batch.
 *
 * @param name the output's name
 * @param callSite where the program registered it
 * @param records how many records it got
 * @param duration how long it took
 * @param failure why it failed; empty if it did not
 */
public record OutputInfo(String name, String callSite, long records, Duration duration, Optional<String> failure) {}
