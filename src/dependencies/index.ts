/** What the bot is made of: licences and known advisories of what runs in production. */
export { type Advisories, askForAdvisories } from './advisories.ts';
export { type Licensed, type Lock, licencesOf, unknownLicences } from './licences.ts';
