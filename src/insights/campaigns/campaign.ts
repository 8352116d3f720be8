import QRCode from 'qrcode';
import type { Locale } from '../../knowledge/index.ts';

/** Edge of the picture in pixels: sharp on a poster of A4 at 10 cm. */
const PICTURE_SIZE = 1024;
/** A quarter of the code may be dirty or torn: posters hang outside. */
const CORRECTION = 'Q';
/** White around the code, in its modules; the standard asks for four. */
const MARGIN = 4;

/**
 * The link of a campaign: it holds the name and the language, nothing else.
 *
 * @param publicUrl address of the chatbot, `https://chat.example.org`
 */
export function campaignLink(publicUrl: string, name: string, locale: Locale): string {
  const link = new URL('/chat', publicUrl);
  link.searchParams.set('c', name);
  link.searchParams.set('lang', locale);
  return link.href;
}

/** A QR code as a drawing, for print at any size. */
export function qrSvg(link: string): Promise<string> {
  return QRCode.toString(link, { type: 'svg', errorCorrectionLevel: CORRECTION, margin: MARGIN });
}

/** A QR code as a PNG picture. */
export function qrPng(link: string): Promise<Buffer> {
  return QRCode.toBuffer(link, {
    type: 'png',
    errorCorrectionLevel: CORRECTION,
    margin: MARGIN,
    width: PICTURE_SIZE,
  });
}
