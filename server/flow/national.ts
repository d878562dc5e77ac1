/** The folder with the content shared by every area. */
export const NATIONAL = 'national';
