import { open } from 'node:fs/promises'
import { ParquetWriter, fileWriter } from 'hyparquet-writer'

/** Decimals have 38 digits, of which these come after the point. */
const DECIMAL_SCALE = 9
const DECIMAL_PRECISION = 38
const DECIMAL_BYTES = 16

const elements = {
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  boolean: { type: 'BOOLEAN' },
  int32: { type: 'INT32' },
  int64: { type: 'INT64' },
  double: { type: 'DOUBLE' },
  /** Microseconds since 1970, UTC. */
  timestamp: { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' } },
  decimal: {
    type: 'FIXED_LEN_BYTE_ARRAY',
    type_length: DECIMAL_BYTES,
    converted_type: 'DECIMAL',
    precision: DECIMAL_PRECISION,
    scale: DECIMAL_SCALE,
  },
  json: { type: 'BYTE_ARRAY', converted_type: 'JSON', logical_type: { type: 'JSON' } },
} as const

export type ParquetKind = keyof typeof elements

export interface ParquetColumn {
  readonly name: string
  readonly kind: ParquetKind
}

/**
 * Writes a Parquet file (Snappy), one row group for each batch of rows, so that only a batch is in memory. Values are in
 * the order of the columns, null where there is none; of kinds `int64`, `timestamp` and `decimal` they are bigint, a
 * decimal multiplied by 10 to the power of its scale.
 */
export async function writeParquet(
  file: string,
  columns: readonly ParquetColumn[],
  batches: AsyncIterable<readonly (readonly unknown[])[]>,
): Promise<number> {
  const schema = [
    { name: 'root', num_children: columns.length },
    ...columns.map(({ name, kind }) => ({ name, repetition_type: 'OPTIONAL' as const, ...elements[kind] })),
  ]
  const out = fileWriter(file)
  const writer = new ParquetWriter({ writer: out, schema, createdBy: 'scoreline' })
  let written = 0
  for await (const rows of batches) {
    const columnData = columns.map(({ name }, index) => ({ name, data: rows.map((row) => row[index]) }))
    await writer.write({ columnData, rowGroupSize: Math.max(rows.length, 1) })
    written += rows.length
  }
  await writer.finish()
  await sync(file)
  return written
}

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
