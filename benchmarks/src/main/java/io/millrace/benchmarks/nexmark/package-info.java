// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Nexmark: auctions, who opens them and who bids, and questions about them in SQL. */
@NullMarked
package io.millrace.benchmarks.nexmark;

import org.jspecify.annotations.NullMarked;
