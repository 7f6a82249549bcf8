/**
 * Type of a column in a batch. It determines the type of the parameter and that of the stored value; JSON is sent as
 * text.
 */
export type ColumnType =
  'text' | 'integer' | 'bigint' | 'double precision' | 'boolean' | 'time' | 'times' | 'real[]' | 'jsonb' | 'bytea'
