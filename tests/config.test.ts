import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  ConfigError,
  readConfig,
  readLogSettings,
  readWebhookSecret,
  telephonySettingsOf,
  variables,
} from '../config.ts'

function problemsOf(environment: Readonly<Record<string, string>>): readonly string[] {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

test('with nothing set every variable has its default, and only documented variables are read', () => {
  const config = readConfig({ PATH: '/bin', HOME: '/' })
  expect(config).toMatchObject({
    API_HOST: '127.0.0.1',
    API_PORT: 8080,
    STREAM_THREADS: 1,
    SIMULATE: true,
    METRICS_HOST: '127.0.0.1',
  })
  expect(config.KAFKA_BROKERS).toBeUndefined()
  expect(config.METRICS_PORT).toBeUndefined()
  expect(Object.keys(config).filter((name) => !(name in variables.properties))).toEqual([])
})

test('texts become typed values; an empty one is not set', () => {
  const config = readConfig({
    API_PORT: '9000',
    SIMULATE: 'false',
    SIMULATOR_SPEED: '0.5',
    KAFKA_BROKERS: '',
    TOPIC_PREFIX: 'a.',
  })
  expect(config).toMatchObject({ API_PORT: 9000, SIMULATE: false, SIMULATOR_SPEED: 0.5, TOPIC_PREFIX: 'a.' })
  expect(config.KAFKA_BROKERS).toBeUndefined()
})

test('every variable has a meaning, and its default is a valid value', () => {
  for (const [name, property] of Object.entries(variables.properties)) {
    const { description, default: fallback } = property as { description?: string; default?: unknown }
    expect({ name, description }).toEqual({ name, description: expect.stringMatching(/^[A-Z].*\.$/) })
    if (fallback !== undefined) expect(problemsOf({ [name]: String(fallback) })).toEqual([])
  }
})

test('all that is wrong is named at once, each with its value and its meaning', () => {
  const environment = {
    API_PORT: '70000',
    TOPIC_PARTITIONS: '0',
    SIMULATE: 'perhaps',
    STREAM_THREADS: '1.5',
    SESSION_TIMEOUT_MS: '100',
  }
  const problems = problemsOf(environment)
  expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual(Object.keys(environment).sort())
  for (const [name, value] of Object.entries(environment))
    expect(problems.find((problem) => problem.startsWith(name))).toContain(`(it is "${value}")`)
  expect(() => readConfig(environment)).toThrow(/The configuration is wrong:\n {2}/)
})

test('passwords and addresses that may hold one are never shown', () => {
  const problems = problemsOf({
    DATABASE_URL: 'mysql://user:secret@host/db',
    SCHEMA_REGISTRY_URL: 'ftp://user:secret@host',
  })
  expect(problems).toHaveLength(2)
  expect(problems.join()).not.toContain('secret')
})

test('a user and the log-in method must be set together', () => {
  const [problem] = problemsOf({ KAFKA_SASL_USERNAME: 'user' })
  expect(problem).toMatch(/KAFKA_SASL_MECHANISM and KAFKA_SASL_USERNAME/)
  expect(problemsOf({ KAFKA_SASL_MECHANISM: 'PLAIN' })).toHaveLength(1)
  expect(problemsOf({ KAFKA_SASL_MECHANISM: 'PLAIN', KAFKA_SASL_USERNAME: 'user' })).toEqual([])
  expect(problemsOf({ KAFKA_SASL_MECHANISM: 'MD5', KAFKA_SASL_USERNAME: 'user' })).toHaveLength(1)
})

test('pages of other origins may call only an API that asks for a key', () => {
  const API_CORS_ORIGINS = 'https://crm.bank.example,http://localhost:3000'
  expect(problemsOf({ API_CORS_ORIGINS })).toEqual([expect.stringMatching(/^API_CORS_ORIGINS: .* ACCESS=required/)])
  expect(problemsOf({ API_CORS_ORIGINS, ACCESS: 'required' })).toEqual([])
  for (const wrong of ['*', 'crm.bank.example', 'https://crm.bank.example/page', 'https://a,', 'ftp://a'])
    expect(problemsOf({ API_CORS_ORIGINS: wrong, ACCESS: 'required' })).toHaveLength(1)
})

test('an API that anybody could use stays on loopback', () => {
  expect(problemsOf({ API_HOST: '0.0.0.0' })).toEqual([
    expect.stringMatching(/^ACCESS and API_HOST: .* ACCESS=required/),
  ])
  for (const host of ['10.1.2.3', '127.evil.example', 'localhost.evil.example', '::', '2001:db8::1'])
    expect(problemsOf({ API_HOST: host })).toHaveLength(1)
  for (const host of ['127.0.0.2', 'localhost', '::1']) expect(problemsOf({ API_HOST: host })).toEqual([])
  expect(problemsOf({ API_HOST: '0.0.0.0', ACCESS: 'required' })).toEqual([])
})

test('tokens need an issuer and an audience, asymmetric algorithms, and keys that arrive by TLS', () => {
  const issuer = { OIDC_ISSUER: 'https://login.bank.example', OIDC_AUDIENCE: 'scoreline' }
  expect(problemsOf(issuer)).toEqual([])
  expect(problemsOf({ OIDC_ISSUER: issuer.OIDC_ISSUER })).toEqual([
    'OIDC_ISSUER and OIDC_AUDIENCE: set both or neither.',
  ])
  expect(problemsOf({ ...issuer, OIDC_ISSUER: 'http://127.0.0.1:4000' })).toEqual([])
  expect(problemsOf({ ...issuer, OIDC_ISSUER: 'http://login.bank.example' })).toEqual([
    'OIDC_ISSUER: keys that arrive without TLS can be forged on the way. Use https.',
  ])
  expect(problemsOf({ ...issuer, OIDC_JWKS_URL: 'http://login.bank.example/keys' })).toHaveLength(1)
  for (const algorithms of ['HS256', 'none', 'RS256,HS256', 'xRS256', 'RS256x', ''])
    expect(problemsOf({ ...issuer, OIDC_ALGORITHMS: algorithms })).toHaveLength(algorithms === '' ? 0 : 1)
  expect(problemsOf({ ...issuer, OIDC_ROLES: 'sales=salesperson,it=administrator' })).toEqual([])
  expect(problemsOf({ ...issuer, OIDC_ROLES: 'sales' })).toHaveLength(1)
})

describe('TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'config-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  test('its files are read at the start if it is used', () => {
    const file = join(folder, 'ca.pem')
    writeFileSync(file, 'an authority')
    expect(readConfig({ KAFKA_TLS: 'true', KAFKA_TLS_CA_FILE: file }).tls).toEqual({ ca: 'an authority' })
    expect(readConfig({ KAFKA_TLS: 'true' }).tls).toEqual({})
    expect(readConfig({ KAFKA_TLS_CA_FILE: file }).tls).toBeUndefined()
  })

  test('a file that can’t be read is named with its variable', () => {
    const [problem] = problemsOf({ KAFKA_TLS: 'true', KAFKA_TLS_KEY_FILE: join(folder, 'missing.pem') })
    expect(problem).toMatch(/^KAFKA_TLS_KEY_FILE: ENOENT/)
  })
})

test('how to log is known however wrong the rest is', () => {
  expect(readLogSettings({ API_PORT: 'x' })).toEqual({ LOG_LEVEL: readConfig({}).LOG_LEVEL })
  expect(readLogSettings({ LOG_LEVEL: 'warn', LOG_FORMAT: 'text' })).toEqual({ LOG_LEVEL: 'warn', LOG_FORMAT: 'text' })
  expect(readLogSettings({ LOG_LEVEL: 'loud', LOG_FORMAT: 'xml' })).toEqual({ LOG_LEVEL: 'info' })
  expect(() => readConfig({ LOG_LEVEL: 'loud', LOG_FORMAT: 'xml' })).toThrow(/LOG_LEVEL[^]*LOG_FORMAT/)
})

test('call systems connect only with their secrets; ConversationRelay needs its address too', () => {
  expect(telephonySettingsOf(readConfig({}))).toEqual({
    jambonzToken: undefined,
    conversationRelay: undefined,
    language: 'en-US',
    transfer: 'queue:agents',
  })
  const url = 'wss://bank.example/telephony/conversation-relay'
  expect(
    telephonySettingsOf(readConfig({ TWILIO_AUTH_TOKEN: 'secret', CONVERSATION_RELAY_URL: url })).conversationRelay,
  ).toEqual({ authToken: 'secret', url })
  expect(problemsOf({ TWILIO_AUTH_TOKEN: 'secret' })).toEqual([
    'TWILIO_AUTH_TOKEN and CONVERSATION_RELAY_URL: set both or neither.',
  ])
  const wrong = { JAMBONZ_TOKEN: 'short', TELEPHONY_TRANSFER: 'agents', CONVERSATION_RELAY_URL: 'https://bank.example' }
  expect(problemsOf({ ...wrong, TWILIO_AUTH_TOKEN: 'secret' }).map((problem) => problem.split(/[ :]/)[0])).toEqual(
    expect.arrayContaining(Object.keys(wrong)),
  )
})

test('a secret of a webhook is a variable, or else a file of its name, never one outside of the folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'webhook-secrets-'))
  try {
    writeFileSync(join(folder, 'crm'), 'from-file\n')
    const config = readConfig({ WEBHOOK_SECRETS_DIRECTORY: folder })
    expect(readWebhookSecret(config, 'crm', {})).toBe('from-file')
    expect(readWebhookSecret(config, 'crm', { WEBHOOK_SECRET_crm: 'from-variable' })).toBe('from-variable')
    for (const name of ['none', '../crm', '.']) expect(readWebhookSecret(config, name, {})).toBeUndefined()
  } finally {
    rmSync(folder, { recursive: true })
  }
})
