// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

/** What happens at a hook. */
enum Fault {
    /** Nothing. */
    NONE,
    /** The process gets SIGKILL. */
    KILL,
    /** The process gets SIGSTOP, and SIGCONT when another one has taken over. */
    HALT,
    /** The executor that is there dies, or the first one if it is beside an executor. */
    CRASH_EXECUTOR,
    /** The tasks of an executor stand still for two seconds: its threads cannot be stopped by a signal without the others. */
    STALL_EXECUTOR
}
