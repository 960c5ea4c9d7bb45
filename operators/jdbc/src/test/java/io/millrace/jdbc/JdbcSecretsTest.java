// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import static io.millrace.jdbc.Column.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A password is in no error, no log, no toString, and not on the standard streams. */
class JdbcSecretsTest {

    private static final String CANARY = "c4n4ry-Pässword";

    /** Everything that is said while something is done that fails. */
    private static String saidBy(org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
        StringWriter said = new StringWriter();
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        appender.start();
        root.addAppender(appender);
        root.setLevel(Level.TRACE);
        java.util.logging.Logger jul = java.util.logging.Logger.getLogger("");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                said.append(record.getMessage())
                        .append(' ')
                        .append(List.of(record.getParameters() == null ? new Object[0] : record.getParameters())
                                .toString())
                        .append('\n');
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        jul.addHandler(handler);
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream streams = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(streams, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
        try {
            Throwable thrown = catchThrowable(action);
            assertThat(thrown).isNotNull();
            thrown.printStackTrace(new PrintWriter(said, true));
            for (Throwable t = thrown; t != null; t = t.getCause()) {
                if (t instanceof SQLException sql && sql.getNextException() != null) {
                    sql.getNextException().printStackTrace(new PrintWriter(said, true));
                }
            }
        } finally {
            System.setOut(out);
            System.setErr(err);
            jul.removeHandler(handler);
            root.detachAppender(appender);
            root.setLevel(before);
        }
        for (ILoggingEvent event : appender.list) {
            said.append(event.getFormattedMessage());
            if (event.getThrowableProxy() != null) {
                said.append(ch.qos.logback.classic.spi.ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
        return said.append(streams.toString(StandardCharsets.UTF_8)).toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://localhost:1/db?user=me&password=c4n4ry-Pässword",
                "jdbc:postgresql://localhost:1/db?password=c4n4ry-P%C3%A4ssword&user=me",
                "jdbc:postgresql://localhost:notaport/db?user=me&password=c4n4ry-Pässword",
                "jdbc:mariadb://localhost:1/db?user=me&password=c4n4ry-Pässword",
                "jdbc:h2:file:relative/path;USER=me;PASSWORD=c4n4ry-Pässword",
                "jdbc:h2:mem:x;NO_SUCH_SETTING=1;PASSWORD=c4n4ry-Pässword",
                "jdbc:nosuch://localhost/db?user=me&password=c4n4ry-Pässword",
                "jdbc:mysql://localhost/db?password=c4n4ry-Pässword",
            })
    void saysNoPasswordOfAUrl(String url) {
        JdbcSink<Integer> sink = JdbcSink.append(url, "t", column("n", (Integer n) -> n));

        String said = saidBy(
                () -> sink.commit(new OutputCommit(new OutputClaim("j", "o", 1), 1, new BatchTime(1), 0), List.of(1)));

        assertThat(said).doesNotContain("c4n4ry").contains("was not written to table t");
        assertThat(sink.toString() + UrlDataSource.of(url)).doesNotContain("c4n4ry");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c4n4ry-Pässword",
                "jdbc:mysql://me:c4n4ry-Pässword@localhost/db",
                "jdbc:postgresql://c4n4ry-Pässword@localhost/db"
            })
    void refusesUrlsThatHaveAPasswordElsewhere(String url) {
        String said = saidBy(() -> UrlDataSource.of(url));

        assertThat(said).doesNotContain("c4n4ry").contains("IllegalArgumentException");
    }

    @Test
    void saysNoPasswordOfAConnectionThatAServerRefuses() throws Exception {
        Database.POSTGRES.emptied();
        Database.MARIADB.emptied();
        // these servers take every password, but not every database
        String postgres = Database.POSTGRES.url().replaceFirst("\\?.*", "") + "_nosuch";
        String mariaDb = Database.MARIADB.url().replaceFirst("\\?.*", "") + "_nosuch";

        assertThat(saidBy(() -> UrlDataSource.of(postgres, "nobody", CANARY).getConnection()))
                .doesNotContain("c4n4ry");
        assertThat(saidBy(() -> UrlDataSource.of(mariaDb, "nobody", CANARY).getConnection()))
                .doesNotContain("c4n4ry");
    }

    @Test
    void hidesWhatOthersSayInTheirErrors() {
        SQLException evil = new SQLException(
                "cannot connect to jdbc:x://me:c4n4ry@host/db?a=1&sslpassword=c4n4ry",
                new RuntimeException("trustStorePassword=c4n4ry", new IllegalStateException("password = c4n4ry")));
        evil.setNextException(new SQLException("Password=c4n4ry"));

        SQLException clean = new Redaction().clean(evil);

        StringWriter said = new StringWriter();
        clean.printStackTrace(new PrintWriter(said, true));
        assertThat(said.toString())
                .doesNotContain("c4n4ry")
                .contains("jdbc:x://me:****@host/db?a=1&sslpassword=****")
                .contains("RuntimeException: trustStorePassword=****");
        assertThat((Object) clean.getNextException()).isNull();
        SQLException innocent = new SQLException("password authentication failed");
        assertThat((Object) new Redaction().clean(innocent)).isSameAs(innocent);
    }

    @Test
    void connectsWithAPasswordOfTheUrl() throws Exception {
        UrlDataSource.of("jdbc:h2:mem:secret;DB_CLOSE_DELAY=-1", "me", CANARY)
                .getConnection()
                .close();

        UrlDataSource.of("jdbc:h2:mem:secret;USER=me;PASSWORD=" + CANARY)
                .getConnection()
                .close();

        assertThatThrownBy(() -> UrlDataSource.of("jdbc:h2:mem:secret;USER=me;PASSWORD=no")
                        .getConnection())
                .isInstanceOf(SQLException.class);
    }
}
