import { SECOND_MS } from '../../../schemas/durations.ts'
import { failed, passed, type Finding, type PermissionRequest } from './permission-request.ts'

/** Maximum age of the platform’s data: older data may miss a customer’s latest do-not-call. */
const KNOWN_AGE_MAX_MS = 10 * SECOND_MS

/** Checks that contact rules exist and cover this purpose and channel. */
export function rulesFinding({ law, jurisdiction, purpose, channel }: PermissionRequest): Finding {
  if (law === undefined)
    return failed(`There are no contact rules for ${jurisdiction}: PUT /contact-rules/{jurisdiction} adds them.`)
  if (law.value.retired) return failed(`The contact rules for ${jurisdiction} are retired.`)
  return ruleFor(law.value, { purpose, channel }) === undefined
    ? failed(`No contact rule for ${jurisdiction} covers the purpose ${purpose} by ${channel}.`)
    : passed(`The contact rules for ${jurisdiction}, version ${law.version}, apply.`)
}

export function ruleFor(
  { rules }: NonNullable<PermissionRequest['law']>['value'],
  { purpose, channel }: Pick<PermissionRequest, 'purpose' | 'channel'>,
) {
  return rules.find(({ purposes, channels }) => purposes.includes(purpose) && channels.includes(channel))
}

export function stateFinding({ knownAgeMs }: PermissionRequest): Finding {
  if (knownAgeMs === undefined) return failed('The age of the platform’s data is not known yet: /ready says why.')
  const seconds = Math.round(knownAgeMs / SECOND_MS)
  return knownAgeMs > KNOWN_AGE_MAX_MS
    ? failed(
        `The platform’s data is ${seconds} s old: a newer request of the customer may be missing. /ready says why.`,
      )
    : passed(`The platform’s data is ${seconds} s old.`)
}

export function customerFinding({ customer }: PermissionRequest): Finding {
  return customer === undefined ? failed('There is no such customer.') : passed('The customer is known.')
}

export function campaignFinding({ campaign }: PermissionRequest): Finding {
  if (campaign === null) return passed('No campaign was named.')
  const { name, value } = campaign
  return value.state === 'running'
    ? passed(`The campaign ${name} is running.`)
    : failed(`The campaign ${name} is ${value.state === 'draft' ? 'a draft' : value.state}.`)
}
