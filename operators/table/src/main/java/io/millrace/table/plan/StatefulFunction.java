// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

/** What a {@link QueryPlan.Stateful} does with its rows; the API of {@code transformWithState} implements it. */
public interface StatefulFunction {

    /** The name that stands in plans. */
    String name();
}
