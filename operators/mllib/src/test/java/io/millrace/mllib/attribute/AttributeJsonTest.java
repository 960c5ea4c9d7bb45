// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.mllib.storage.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeJsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\":\"n\",\"idx\":3,\"min\":-1.0,\"max\":2.5,\"std\":0.5,\"sparsity\":0.25}",
                "{\"type\":\"nominal\",\"name\":\"n\",\"ord\":true,\"vals\":[\"a\",\"b\"]}",
                "{\"type\":\"nominal\",\"num_vals\":7}",
                "{\"type\":\"binary\",\"vals\":[\"no\",\"yes\"]}",
            })
    void comesBackFromJson(String json) throws IOException {
        assertThat(Json.write(attribute(json).toJson())).isEqualTo(json);
    }

    @Test
    void readsOneOfEachKindInAGroup() throws IOException {
        AttributeGroup group = group("{\"attrs\":{\"numeric\":[{\"idx\":0,\"name\":\"a\"}],"
                + "\"nominal\":[{\"idx\":3,\"vals\":[\"x\",\"y\",\"z\"],\"name\":\"c\"}],"
                + "\"binary\":[{\"idx\":1,\"name\":\"b\"}]},\"num_attrs\":4}");
        assertThat(group.attributes())
                .containsExactly(
                        Attribute.numeric().withName("a").withIndex(0),
                        Attribute.binary().withName("b").withIndex(1),
                        Attribute.numeric().withIndex(2),
                        Attribute.nominal(List.of("x", "y", "z")).withName("c").withIndex(3));
        assertThat(group.indexOf("c")).isEqualTo(3);
        assertThat(group.indexOf("d")).isEqualTo(-1);
        assertThat(AttributeGroup.fromJson("v", group.toJson())).isEqualTo(group);
    }

    @Test
    void readsASizeAlone() throws IOException {
        assertThat(group("{\"num_attrs\":5}")).isEqualTo(AttributeGroup.ofSize("v", 5));
        assertThat(group("{}").size()).isEqualTo(-1);
    }

    @Test
    void saysNothingOfWhatIsUnresolved() {
        assertThat(Attribute.unresolved().toJson()).isEmpty();
        assertThat(AttributeGroup.of("v", List.of(Attribute.unresolved())).toJson())
                .isEqualTo(Map.of("attrs", Map.of(), "num_attrs", 1L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'unresolved'} | Cannot recognize type unresolved.",
                "{'type':'odd'} | Cannot recognize type odd.",
                "{'name':''} | requirement failed: Cannot have an empty string for name.",
                "{'name':5} | metadata name is 5, must be a String",
                "{'idx':-1} | metadata idx is -1, must be an integer from 0 to 2147483647",
                "{'idx':1.5} | metadata idx is 1.5, must be an integer from 0 to 2147483647",
                "{'type':'nominal','num_vals':3000000000} | metadata num_vals is 3000000000, must be an integer from 0 to 2147483647",
                "{'type':'nominal','vals':[1]} | metadata vals is 1, must be a list of String",
                "{'type':'nominal','vals':['a'],'num_vals':1} | requirement failed: Cannot have both numValues and values defined.",
                "{'type':'binary','vals':['a']} | requirement failed: Number of values must be 2 for a binary attribute but got [a].",
            })
    void refusesWhatIsNoAttribute(String json, String message) {
        assertThatThrownBy(() -> attribute(json.replace('\'', '"')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'attrs':{}} | num_attrs of column \"v\" is null, must be 0 to 1048576 where there are attrs",
                "{'attrs':{},'num_attrs':1048577} | num_attrs of column \"v\" is 1048577, must be 0 to 1048576 where there are attrs",
                "{'attrs':{'binary':[{'idx':2}]},'num_attrs':2} | an attribute of column \"v\" has idx 2, must be 0 to 1",
                "{'attrs':{'binary':[{}]},'num_attrs':2} | an attribute of column \"v\" has idx null, must be 0 to 1",
                "{'attrs':{'binary':{}},'num_attrs':2} | metadata binary is {}, must be a List",
            })
    void refusesWhatIsNoGroup(String json, String message) {
        assertThatThrownBy(() -> group(json.replace('\'', '"')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static Attribute attribute(String json) throws IOException {
        return Attribute.fromJson(Json.parseObject(json, 10));
    }

    private static AttributeGroup group(String json) throws IOException {
        return AttributeGroup.fromJson("v", Json.parseObject(json, 10));
    }
}
