// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections that fail when they are told to, as a network does: the caller hears of a failure, whatever became of the call. */
final class FaultySource implements DataSource {

    /** What happens next; after it, nothing does until it is said again. */
    enum Fault {
        NONE,
        /** The commit is done, and the connection is cut before that is heard. */
        COMMIT_REPLY_LOST,
        /** The connection is cut before the commit arrives. */
        COMMIT_LOST,
        /** The connection is cut before a statement that writes arrives. */
        WRITE_LOST
    }

    private final DataSource delegate;
    private Fault next = Fault.NONE;
    private int writesBefore;
    private int opened;
    private int actionAt;
    private Runnable action = () -> {};

    FaultySource(DataSource delegate) {
        this.delegate = delegate;
    }

    void fail(Fault fault) {
        fail(fault, 0);
    }

    /** The same, after so many statements that write. */
    void fail(Fault fault, int writes) {
        next = fault;
        writesBefore = writes;
    }

    /** Runs something before the n-th statement that writes from now on, counted from 1. */
    void beforeWrite(int n, Runnable action) {
        actionAt = n;
        this.action = action;
    }

    int opened() {
        return opened;
    }

    @Override
    public Connection getConnection() throws SQLException {
        opened++;
        Connection real = delegate.getConnection();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, new ConnectionFaults(real)::invoke);
    }

    private final class ConnectionFaults {
        private final Connection real;
        private boolean isCut;

        ConnectionFaults(Connection real) {
            this.real = real;
        }

        @Nullable
        Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
            String name = method.getName();
            if (name.equals("close") || name.equals("abort")) {
                return call(real, method, arguments);
            }
            if (isCut) {
                throw new SQLException("the connection is cut", "08003");
            }
            if (name.equals("commit") && next == Fault.COMMIT_REPLY_LOST) {
                real.commit();
                throw cut();
            }
            if (name.equals("commit") && next == Fault.COMMIT_LOST) {
                real.rollback();
                throw cut();
            }
            Object result = call(real, method, arguments);
            if (name.equals("prepareStatement") && result instanceof PreparedStatement statement) {
                return Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {PreparedStatement.class},
                        (same, called, given) -> statement(statement, called, given));
            }
            return result;
        }

        private @Nullable Object statement(
                PreparedStatement statement, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
            if (method.getName().equals("executeUpdate") && next == Fault.WRITE_LOST && writesBefore-- == 0) {
                real.rollback();
                throw cut();
            }
            if (method.getName().equals("executeUpdate") && actionAt > 0 && --actionAt == 0) {
                action.run();
            }
            return call(statement, method, arguments);
        }

        private SQLException cut() {
            isCut = true;
            next = Fault.NONE;
            return new SQLException("an I/O error occurred while sending to the backend", "08006");
        }
    }

    private static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    @Override
    public Connection getConnection(@Nullable String username, @Nullable String password) throws SQLException {
        return getConnection();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <U> U unwrap(Class<U> type) throws SQLException {
        throw new SQLException("no " + type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
