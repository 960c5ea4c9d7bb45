// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table;

import io.millrace.table.sql.Planner;

/** What tables belong to: a session. */
public interface TableEnvironment {

    /** What reads and plans queries. */
    Planner planner();
}
