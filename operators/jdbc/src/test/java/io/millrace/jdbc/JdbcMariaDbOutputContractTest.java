// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

class JdbcMariaDbOutputContractTest extends JdbcOutputContract {

    JdbcMariaDbOutputContractTest() {
        super(Database.MARIADB);
    }
}
