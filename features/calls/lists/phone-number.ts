import { isSupportedCountry, parsePhoneNumberWithError, ParseError, type CountryCode } from 'libphonenumber-js/max'

/** A code of ISO 3166, such as CN. */
export type Region = CountryCode

export function isRegion(code: string): code is Region {
  return isSupportedCountry(code)
}

export type ReadPhone = { readonly phone: string } | { readonly problem: string }

/**
 * A telephone number in any of its spellings as E.164. Numbers without the code of a country are those of the region;
 * `undefined`: there are none. What can't be dialled, or has an extension, which E.164 can't tell, is a problem.
 */
export function readPhone(text: string, region: Region | undefined): ReadPhone {
  try {
    const number = parsePhoneNumberWithError(text, region)
    if (number.ext !== undefined) return { problem: 'has an extension: leave it out, or give a number of its own' }
    if (!number.isValid()) return { problem: `is no telephone number${region === undefined ? '' : ` of ${region}`}` }
    return { phone: number.number }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    const hint = error.message === 'INVALID_COUNTRY' ? ': it needs the code of its country, or a region' : ''
    return { problem: `is no telephone number${hint}` }
  }
}
