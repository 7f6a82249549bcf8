/** A column of a batch: how its values travel and what they become. JSON travels as text. */
export type ColumnType =
  'text' | 'integer' | 'bigint' | 'double precision' | 'boolean' | 'time' | 'times' | 'real[]' | 'jsonb' | 'bytea'
