// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

/** What two models say of one record; not-a-number where one failed. */
record ShadowComparison(
        Object record, double served, boolean servedFailed, double candidate, boolean candidateFailed) {}
