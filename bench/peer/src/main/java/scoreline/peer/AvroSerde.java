package scoreline.peer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/** The Confluent frame around generated classes. Buffers are reused, one set a thread. */
final class AvroSerde {
  private static final int FRAME_BYTES = 5;

  private AvroSerde() {}

  static <T extends SpecificRecordBase> Serde<T> of(Class<T> type, int schemaId) {
    return Serdes.serdeFrom(writer(type, schemaId), reader(type, schemaId));
  }

  private static <T extends SpecificRecordBase> Serializer<T> writer(Class<T> type, int schemaId) {
    final class Buffers {
      final SpecificDatumWriter<T> datum = new SpecificDatumWriter<>(type);
      final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
      BinaryEncoder encoder;
    }
    ThreadLocal<Buffers> own = ThreadLocal.withInitial(Buffers::new);
    return (topic, value) -> {
      Buffers buffers = own.get();
      buffers.bytes.reset();
      buffers.bytes.writeBytes(ByteBuffer.allocate(FRAME_BYTES).put((byte) 0).putInt(schemaId).array());
      buffers.encoder = EncoderFactory.get().directBinaryEncoder(buffers.bytes, buffers.encoder);
      try {
        buffers.datum.write(value, buffers.encoder);
        buffers.encoder.flush();
      } catch (IOException error) {
        throw new IllegalStateException(error);
      }
      return buffers.bytes.toByteArray();
    };
  }

  private static <T extends SpecificRecordBase> Deserializer<T> reader(Class<T> type, int schemaId) {
    final class Buffers {
      final SpecificDatumReader<T> datum = new SpecificDatumReader<>(type);
      BinaryDecoder decoder;
    }
    ThreadLocal<Buffers> own = ThreadLocal.withInitial(Buffers::new);
    return (topic, bytes) -> {
      int id = ByteBuffer.wrap(bytes).getInt(1);
      if (bytes[0] != 0 || id != schemaId) throw new IllegalStateException("schema " + id + ", expected " + schemaId);
      Buffers buffers = own.get();
      buffers.decoder = DecoderFactory.get().binaryDecoder(bytes, FRAME_BYTES, bytes.length - FRAME_BYTES, buffers.decoder);
      try {
        return buffers.datum.read(null, buffers.decoder);
      } catch (IOException error) {
        throw new IllegalStateException(error);
      }
    };
  }
}
