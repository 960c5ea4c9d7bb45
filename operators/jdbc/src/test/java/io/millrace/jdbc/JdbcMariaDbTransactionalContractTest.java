// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

class JdbcMariaDbTransactionalContractTest extends JdbcTransactionalContract {

    JdbcMariaDbTransactionalContractTest() {
        super(Database.MARIADB);
    }
}
