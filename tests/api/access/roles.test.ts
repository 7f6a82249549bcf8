import { rights } from '../../../api/http/access.ts'
import { principalOf } from '../../../api/access/principal.ts'
import { builtInRoles, parseRoles } from '../../../api/access/roles.ts'

test('only administrators may manage keys, only salespeople and team leads are limited, and every right is granted', () => {
  const withRight = [...builtInRoles].filter(([, role]) => role.rights.includes('administer')).map(([name]) => name)
  expect(withRight).toEqual(['administrator'])
  const limited = [...builtInRoles].flatMap(([name, { scope }]) => (scope === 'all' ? [] : [[name, scope]]))
  expect(limited).toEqual([
    ['salesperson', 'own'],
    ['team-lead', 'team'],
  ])
  expect([...builtInRoles.get('administrator')!.rights].sort()).toEqual(Object.keys(rights).sort())
})

test('a file adds roles and replaces those of the same name', () => {
  const roles = parseRoles(
    '{"auditor": {"rights": ["read-settings"]}, "viewer": {"rights": ["operate"], "scope": "own"}}',
  )
  expect(roles.get('auditor')).toEqual({ rights: ['read-settings'], scope: 'all', masked: [] })
  expect(roles.get('viewer')).toEqual({ rights: ['operate'], scope: 'own', masked: [] })
  expect(roles.get('machine')).toBe(builtInRoles.get('machine'))
})

test.each([
  ['{', /It is not JSON/],
  ['[]', /must be a JSON object/],
  ['{"Auditor": {"rights": []}}', /"Auditor": a name has lower-case/],
  ['{"auditor": ["operate"]}', /auditor must be an object with a list of rights/],
  [
    '{"auditor": {"rights": ["read-all", "__proto__"]}}',
    /auditor has unknown rights: read-all, __proto__\. Rights: public, /,
  ],
  ['{"auditor": {"rights": [], "own": true}}', /unknown fields: own/],
  ['{"auditor": {"rights": [], "scope": "ours"}}', /The role auditor: scope must be one of all, team, own/],
  [
    '{"auditor": {"rights": [], "masked": ["names", "shoes"]}}',
    /masked must be a list of .*: names, contact, profile, texts\./,
  ],
  ['{"auditor": {"rights": [], "masked": "names"}}', /masked must be a list/],
  ['{"auditor": {"rights": ["administer"], "masked": ["names"]}}', /administer exports everything/],
  ['{"auditor": {"rights": [], "ownOnly": true}}', /The role auditor: instead of ownOnly, set scope to own/],
])('%s is refused', (text, problem) => expect(() => parseRoles(text)).toThrow(problem))

test('the widest of the roles counts, an unknown role grants nothing, and a salesperson acts under their id', () => {
  const roles = ['team-lead', 'salesperson', 'forgotten']
  const identity = { name: 'Anna', roles, salespersonId: 's-1', teamId: 'team-1' }
  const both = principalOf(identity, builtInRoles)
  expect(both).toMatchObject({ name: 's-1', salespersonId: 's-1', teamId: 'team-1' })
  const widest = (...names: string[]) => principalOf({ ...identity, roles: names }, builtInRoles).rights
  expect(both.rights.get('read-sales')).toBe('team')
  expect(widest('viewer', 'team-lead').get('read-sales')).toBe('all')
  expect(widest('team-lead', 'viewer').get('read-sales')).toBe('all')
  // Settings belong to nobody.
  expect(widest('team-lead').get('read-settings')).toBe('all')
  expect(widest('salesperson').get('read-sales')).toBe('own')
  const nobody = { name: 'Anna', roles: ['forgotten'], salespersonId: null, teamId: null }
  expect(principalOf(nobody, builtInRoles)).toEqual({
    ...{ name: 'Anna', salespersonId: null, teamId: null },
    rights: new Map(),
    masked: new Map(),
  })
})

test('what one role shows is not masked by another, unless that one extends to fewer objects', () => {
  const names = '"rights": ["read-customers"], "masked": ["names", "texts"]'
  const roles = parseRoles(
    `{"a": {${names}}, "b": {"rights": ["read-customers"], "masked": ["texts", "contact"]}, "own": {"rights": ["read-customers"], "scope": "own"}}`,
  )
  const maskedFor = (...held: string[]) => {
    const { masked } = principalOf({ name: 'Anna', roles: held, salespersonId: 's-1', teamId: null }, roles)
    return [...masked.get('read-customers')!]
  }
  expect(maskedFor('a')).toEqual(['names', 'texts'])
  expect(maskedFor('a', 'b')).toEqual(['texts'])
  expect(maskedFor('a', 'own')).toEqual(['names', 'texts'])
  expect(maskedFor('own', 'a')).toEqual(['names', 'texts'])
  expect(maskedFor('own')).toEqual([])
})
