import { personalKinds, type PersonalKind } from '../../schemas/persons.ts'
import { rights, type Right, type Scope } from '../http/access.ts'

/** What a role may do. */
export interface Role {
  readonly rights: readonly Right[]
  /** Visits, cases, priorities and customers that the rights extend to. */
  readonly scope: Scope
  /** Personal data of customers that is masked. */
  readonly masked: readonly PersonalKind[]
}

/** Roles by name. */
export type Roles = ReadonlyMap<string, Role>

const scopes: readonly Scope[] = ['all', 'team', 'own']
const ROLE_FIELDS: readonly string[] = ['rights', 'scope', 'masked']

const all = (...granted: readonly Right[]): Role => ({ rights: granted, scope: 'all', masked: [] })

/** Roles of the platform. A file (`ACCESS_ROLES_FILE`) can replace them and add others. */
export const builtInRoles: Roles = new Map<string, Role>([
  ['viewer', all('read-customers', 'read-sales', 'read-settings', 'read-models', 'read-schemas', 'operate')],
  ['salesperson', { rights: ['read-sales', 'read-customers', 'review-cases'], scope: 'own', masked: [] }],
  [
    'team-lead',
    {
      rights: ['read-customers', 'read-sales', 'review-cases', 'read-settings', 'read-models'],
      scope: 'team',
      masked: [],
    },
  ],
  [
    'controller',
    all(
      ...(['read-customers', 'read-sales', 'review-cases', 'read-settings', 'write-settings'] as const),
      ...(['send-messages', 'read-models', 'operate'] as const),
    ),
  ],
  [
    'data-scientist',
    {
      rights: [
        ...(['read-customers', 'read-sales', 'score', 'read-settings', 'read-models'] as const),
        ...(['release-models', 'read-schemas', 'operate'] as const),
      ],
      scope: 'all',
      // Models are judged by features and texts.
      masked: ['names', 'contact'],
    },
  ],
  ['administrator', all(...(Object.keys(rights) as Right[]))],
  ['machine', all('write-events', 'read-customers', 'dispatch-calls', 'score', 'read-schemas')],
])

/**
 * Reads roles from JSON, such as `{"auditor": {"rights": ["read-settings"], "scope": "all"}}`, and adds them to the
 * built-in ones; a role of the same name is replaced. Throws an error that names everything that is wrong.
 */
export function parseRoles(text: string): Roles {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (error) {
    throw new Error(`It is not JSON: ${(error as Error).message}`, { cause: error })
  }
  if (!isObject(parsed)) throw new Error('It must be a JSON object with a role for each name.')
  const roles = Object.entries(parsed).map(([name, role]) => [name, roleOf(name, role)] as const)
  return new Map([...builtInRoles, ...roles])
}

function roleOf(name: string, role: unknown): Role {
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(name))
    throw new Error(`The role ${JSON.stringify(name)}: a name has lower-case letters, digits and hyphens.`)
  if (!isObject(role) || !Array.isArray(role['rights']))
    throw new Error(`The role ${name} must be an object with a list of rights.`)
  if (Object.hasOwn(role, 'ownOnly'))
    throw new Error(`The role ${name}: instead of ownOnly, set scope to own, team or all.`)
  const unknownFields = Object.keys(role).filter((field) => !ROLE_FIELDS.includes(field))
  if (unknownFields.length > 0) throw new Error(`The role ${name} has unknown fields: ${unknownFields.join(', ')}.`)
  const { scope = 'all', masked = [] } = role
  if (!isScope(scope)) throw new Error(`The role ${name}: scope must be one of ${scopes.join(', ')}.`)
  if (!isKinds(masked))
    throw new Error(`The role ${name}: masked must be a list of kinds of personal data: ${personalKinds.join(', ')}.`)
  const unknownRights = role['rights'].filter((right) => typeof right !== 'string' || !Object.hasOwn(rights, right))
  if (unknownRights.length > 0)
    throw new Error(
      `The role ${name} has unknown rights: ${unknownRights.join(', ')}. Rights: ${Object.keys(rights).join(', ')}.`,
    )
  if (masked.length > 0 && role['rights'].includes('administer'))
    throw new Error(
      `The role ${name}: administer exports everything that is known of a person, so nothing can be masked.`,
    )
  return { rights: role['rights'] as Right[], scope, masked }
}

function isScope(value: unknown): value is Scope {
  return scopes.includes(value as Scope)
}

function isKinds(value: unknown): value is PersonalKind[] {
  return Array.isArray(value) && value.every((kind) => personalKinds.includes(kind as PersonalKind))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
