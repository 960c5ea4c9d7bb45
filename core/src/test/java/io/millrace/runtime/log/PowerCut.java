// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

/** The machine is dead; nobody catches this but the test. */
final class PowerCut extends Error {

    private static final long serialVersionUID = 1L;
}
