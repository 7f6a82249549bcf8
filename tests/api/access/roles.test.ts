import { rights } from '../../../api/http/access.ts'
import { principalOf } from '../../../api/access/principal.ts'
import { builtInRoles, parseRoles } from '../../../api/access/roles.ts'

test('only administrators may manage keys, only salespeople are limited to their own, and every right is granted', () => {
  const withRight = [...builtInRoles].filter(([, role]) => role.rights.includes('administer')).map(([name]) => name)
  expect(withRight).toEqual(['administrator'])
  expect([...builtInRoles].filter(([, role]) => role.ownOnly).map(([name]) => name)).toEqual(['salesperson'])
  expect([...builtInRoles.get('administrator')!.rights].sort()).toEqual(Object.keys(rights).sort())
})

test('a file adds roles and replaces those of the same name', () => {
  const roles = parseRoles(
    '{"auditor": {"rights": ["read-settings"]}, "viewer": {"rights": ["operate"], "ownOnly": true}}',
  )
  expect(roles.get('auditor')).toEqual({ rights: ['read-settings'], ownOnly: false })
  expect(roles.get('viewer')).toEqual({ rights: ['operate'], ownOnly: true })
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
  ['{"auditor": {"rights": [], "ownOnly": "yes"}}', /ownOnly must be true or false/],
])('%s is refused', (text, problem) => expect(() => parseRoles(text)).toThrow(problem))

test('the wider of two roles counts, an unknown role grants nothing, and a salesperson acts under their id', () => {
  const identity = { name: 'Anna', roles: ['salesperson', 'team-lead', 'forgotten'], salespersonId: 's-1' }
  const both = principalOf(identity, builtInRoles)
  expect(both).toMatchObject({ name: 's-1', salespersonId: 's-1' })
  expect(both.rights.get('read-sales')).toBe('all')
  expect(principalOf({ ...identity, roles: ['salesperson'] }, builtInRoles).rights.get('read-sales')).toBe('own')
  expect(principalOf({ name: 'Anna', roles: ['forgotten'], salespersonId: null }, builtInRoles)).toEqual({
    name: 'Anna',
    salespersonId: null,
    rights: new Map(),
  })
})
