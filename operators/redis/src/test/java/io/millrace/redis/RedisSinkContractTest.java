// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.redis;

import io.millrace.operator.OutputOperator;
import io.millrace.testkit.OutputContract;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class RedisSinkContractTest extends OutputContract<String> {

    @SuppressWarnings("NullAway.Init")
    private static TestRedis redis;

    @BeforeAll
    static void start() throws Exception {
        redis = TestRedis.start();
    }

    @AfterAll
    static void stop() throws Exception {
        redis.close();
    }

    @BeforeEach
    void clear() {
        redis.client().flushAll();
    }

    @Override
    protected OutputOperator<String> output() {
        return RedisSink.to(redis.address(), "records", record -> List.of(RedisWrite.push("records", record)));
    }

    @Override
    protected List<String> records(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> "record " + i)
                .toList();
    }

    @Override
    protected List<String> written() {
        return redis.client().lrange("records", 0, -1);
    }
}
