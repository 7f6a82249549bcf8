import { pageHref } from '../../route.ts'

export const CASES = 'cases'

export function caseHref(visitId: string): string {
  return pageHref(CASES, visitId)
}
