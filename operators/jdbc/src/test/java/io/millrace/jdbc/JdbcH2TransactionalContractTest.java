// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

class JdbcH2TransactionalContractTest extends JdbcTransactionalContract {

    JdbcH2TransactionalContractTest() {
        super(Database.H2);
    }
}
