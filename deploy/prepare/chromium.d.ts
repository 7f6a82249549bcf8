/** Where the browser for the tests of the page is, or undefined. */
export declare const findChromium: () => string | undefined
