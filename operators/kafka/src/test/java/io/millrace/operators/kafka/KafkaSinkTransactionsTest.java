// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.kafka;

import io.millrace.operator.TransactionalOutput;
import io.millrace.testkit.TransactionalOutputContract;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

class KafkaSinkTransactionsTest extends TransactionalOutputContract<String> {

    private TestTopic topic;

    @SuppressWarnings("NullAway") // JUnit calls makeTopic() first
    KafkaSinkTransactionsTest() {}

    @BeforeEach
    void makeTopic() throws Exception {
        topic = new TestTopic();
    }

    @Override
    protected TransactionalOutput<String> output() {
        return topic.sink();
    }

    @Override
    protected List<String> records(int first, int count) {
        return TestTopic.records(first, count);
    }

    @Override
    protected List<String> written() {
        return topic.committed();
    }
}
