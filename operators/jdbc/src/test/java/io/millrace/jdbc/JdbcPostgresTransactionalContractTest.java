// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

class JdbcPostgresTransactionalContractTest extends JdbcTransactionalContract {

    JdbcPostgresTransactionalContractTest() {
        super(Database.POSTGRES);
    }
}
