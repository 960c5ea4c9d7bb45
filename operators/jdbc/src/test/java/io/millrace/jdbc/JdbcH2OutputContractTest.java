// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

class JdbcH2OutputContractTest extends JdbcOutputContract {

    JdbcH2OutputContractTest() {
        super(Database.H2);
    }
}
