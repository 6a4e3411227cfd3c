/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/check_text.h"

#include "base/quote.h"
#include "output/quantity.h"

enum {
	DEFAULT_WIDTH = 80,
	LEAST_WIDTH = 60,
	NAME_COLUMN = 2,
	ADDS_COLUMN = 39,
	REMEDY_COLUMN = 4,
};

struct page {
	FILE *out;
	size_t width;
	size_t column; /* where the next character goes */
};

static void end_line(struct page *page)
{
	fputc('\n', page->out);
	page->column = 0;
}

static void indent(struct page *page, size_t column)
{
	for (; page->column < column; page->column++)
		fputc(' ', page->out);
}

/* Write words from the current column on, and further lines from column. */
static void write_words(struct page *page, size_t column, const char *text)
{
	struct span rest = span_of(text), word;

	while (span_take_blanks(&rest), span_take_word(&rest, &word)) {
		if (page->column > column &&
		    page->column + 1 + word.length > page->width)
			end_line(page);
		else if (page->column > column)
			page->column += (size_t)fprintf(page->out, " ");
		indent(page, column);
		fwrite(word.at, 1, word.length, page->out);
		page->column += word.length;
	}
}

static void write_paragraph(struct page *page, size_t column, const char *text)
{
	indent(page, column);
	write_words(page, column, text);
	end_line(page);
}

static void write_labelled(struct page *page, const char *label,
			   const char *text)
{
	indent(page, REMEDY_COLUMN);
	write_words(page, REMEDY_COLUMN, label);
	write_words(page, REMEDY_COLUMN, text);
	end_line(page);
}

static void write_head(struct page *page, const struct live_check *check)
{
	char name[QUOTE_PATH_CAPACITY], text[QUOTE_PATH_CAPACITY + 400];
	char release[QUOTE_CAPACITY] = "a kernel of unknown release";

	if (check->release)
		quote_text(span_of(check->release), QUOTE_LIMIT, release,
			   sizeof(release));
	quote_path(check->root, name);
	snprintf(text, sizeof(text), "%s%s%s%s%s%s",
		 check->release ? "Linux " : "", release,
		 check->root[0] ? ", below " : "", check->root[0] ? name : "",
		 check->live ? "" : ": copies of files, which no kernel prints",
		 check->superuser ? "" : "; not root, who may read more");
	write_paragraph(page, 0, text);
	end_line(page);
}

static void write_offer(struct page *page, const struct offer *offer)
{
	static const char *const states[] = {
		[OFFER_READABLE] = "yes",
		[OFFER_LIMITED] = "in part",
		[OFFER_DENIED] = "denied",
		[OFFER_MISSING] = "no",
	};
	char files[QUANTITY_CAPACITY] = "";

	if (offer->files)
		quantity_count(offer->files, files);
	page->column += (size_t)fprintf(page->out, "  %-18s %-8s %7s",
					offer->source->name,
					states[offer->state], files);
	indent(page, ADDS_COLUMN);
	write_words(page, ADDS_COLUMN, offer->source->adds);
	end_line(page);
}

static void write_offers(struct page *page, const struct live_check *check)
{
	size_t i;

	write_paragraph(page, 0,
			"What a capture would take, in this order; nothing "
			"was taken:");
	end_line(page);
	fprintf(page->out, "  %-18s %-8s %7s  %s\n", "source", "here", "files",
		"what it adds");
	for (i = 0; i < check->offer_count; i++)
		write_offer(page, &check->offers[i]);
}

static void write_remedy(struct page *page, const struct offer *offer,
			 bool live)
{
	const struct live_source *source = offer->source;

	write_paragraph(page, NAME_COLUMN, source->name);
	write_paragraph(page, REMEDY_COLUMN, offer->remedy);
	if (offer->state != OFFER_MISSING)
		return;
	if (!live && source->enable)
		write_labelled(page, "It takes:", source->enable);
	if (source->price)
		write_labelled(page, "It costs:", source->price);
}

static void write_remedies(struct page *page, const struct live_check *check)
{
	bool any = false;
	size_t i;

	for (i = 0; i < check->offer_count; i++) {
		if (!check->offers[i].remedy)
			continue;
		if (!any) {
			end_line(page);
			write_paragraph(page, 0, "To have more:");
		}
		any = true;
		end_line(page);
		write_remedy(page, &check->offers[i], check->live);
	}
}

/* "some 1,234 records, about 1.2 MiB of text, 3 s with one reader; …" */
static void write_cost(struct page *page, const struct offer *offer)
{
	char text[4 * QUANTITY_CAPACITY], number[QUANTITY_CAPACITY];
	size_t column = NAME_COLUMN + 19;

	indent(page, NAME_COLUMN);
	write_words(page, NAME_COLUMN, offer->source->name);
	indent(page, column);
	if (offer->records) {
		snprintf(text, sizeof(text), "some %s records,",
			 quantity_count(offer->records, number));
		write_words(page, column, text);
	}
	if (offer->bytes) {
		snprintf(text, sizeof(text), "about %s of text%s",
			 quantity_bytes(offer->bytes, number),
			 offer->ms ? "," : ";");
		write_words(page, column, text);
	}
	if (offer->ms) {
		snprintf(text, sizeof(text), "%s with one reader;",
			 quantity_duration((offer->ms + 999) / 1000, number));
		write_words(page, column, text);
	}
	write_words(page, column, offer->how);
	end_line(page);
}

static void write_costs(struct page *page, const struct live_check *check)
{
	size_t i;

	end_line(page);
	write_paragraph(page, 0, "What reading costs:");
	end_line(page);
	for (i = 0; i < check->offer_count; i++)
		if (check->offers[i].how)
			write_cost(page, &check->offers[i]);
	write_paragraph(page, NAME_COLUMN, "All else costs next to nothing.");
}

static void write_bug(struct page *page, const struct kernel_bug *bug)
{
	end_line(page);
	indent(page, NAME_COLUMN);
	if (bug->severe)
		write_words(page, NAME_COLUMN, "DANGER:");
	write_words(page, NAME_COLUMN, bug->title);
	end_line(page);
	write_labelled(page, "Why here:", bug->applies);
	write_labelled(page, "A capture:", bug->handled);
}

static void write_bugs(struct page *page, const struct live_check *check)
{
	size_t i;

	end_line(page);
	if (!check->bug_count) {
		write_paragraph(page, 0, "No known bug of kernels applies.");
		return;
	}
	write_paragraph(page, 0, "Known bugs of kernels that apply:");
	for (i = 0; i < check->bug_count; i++)
		write_bug(page, &check->bugs[i]);
}

void check_text_write(const struct live_check *check, size_t width, FILE *out)
{
	struct page page = {
		.out = out,
		.width = width ? width : DEFAULT_WIDTH,
	};

	if (page.width < LEAST_WIDTH)
		page.width = LEAST_WIDTH;
	write_head(&page, check);
	write_offers(&page, check);
	write_remedies(&page, check);
	write_costs(&page, check);
	write_bugs(&page, check);
}
