// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import akka.actor.typed.ActorSystem;
import io.millrace.time.TimeSource;

/**
 * What a job runs in when it does not bring its own: a test kit's simulation.
 *
 * @param system the actor system
 * @param time the clock and the timer
 * @param threads where users' code runs
 */
public record Environment(ActorSystem<?> system, TimeSource time, Threads threads) {}
