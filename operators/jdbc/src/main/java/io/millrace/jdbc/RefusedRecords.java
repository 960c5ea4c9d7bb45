// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Takes the records that a database refuses, so that the others of their batch are written.
 *
 * @param <T> records
 */
@FunctionalInterface
public interface RefusedRecords<T> {

    /**
     * Called on every new connection, outside of any transaction, in auto-commit mode: the place to create a table. Default: nothing.
     */
    default void open(Connection connection) throws SQLException {}

    /**
     * Sets a record aside. Called within the transaction of the batch, on the thread that writes: what is written by this connection is
     * there exactly if the batch is, and once. Anything else that is done may be done again, since the batch may be attempted again. It
     * must neither commit nor roll back, nor create tables.
     */
    void setAside(RefusedRecord<T> refused, Connection transaction) throws SQLException;
}
