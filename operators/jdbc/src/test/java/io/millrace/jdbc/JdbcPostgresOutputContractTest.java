// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

class JdbcPostgresOutputContractTest extends JdbcOutputContract {

    JdbcPostgresOutputContractTest() {
        super(Database.POSTGRES);
    }
}
