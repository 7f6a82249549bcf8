import { pino } from 'pino'
import type { Log, LogFields } from '../streams/log.ts'
import { HIDDEN, hidePasswords } from './hide-passwords.ts'
import { lineOf, plainFields } from './log-line.ts'

export interface LoggerOptions {
  /** Minimum level. */
  readonly level: 'info' | 'warn' | 'error' | 'silent'
  /** `json`: one object per line; `text`: for people. */
  readonly format: 'json' | 'text'
  readonly write: (line: string) => void
}

/** Names of fields with secrets, which are redacted wherever they occur. */
const SECRETS = [
  'password',
  'sasl',
  'tls',
  'authorization',
  'DATABASE_URL',
  'KAFKA_SASL_PASSWORD',
  'SCHEMA_REGISTRY_URL',
]

/** Creates the log of a process. */
export function createLogger({ level, format, write }: LoggerOptions): Log {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: false,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: HIDDEN },
      hooks: { streamWrite: hidePasswords },
    },
    { write: format === 'json' ? write : (line) => write(textOf(line)) },
  )
  return (level, message, fields = {}) =>
    logger[level]({ time: new Date().toISOString(), ...plainFields(fields) }, message)
}

function textOf(json: string): string {
  const { time, level, msg, ...fields } = JSON.parse(json) as LogFields & Record<'time' | 'level' | 'msg', string>
  return `${time} ${level.padEnd(5)} ${lineOf(msg, fields)}\n`
}
