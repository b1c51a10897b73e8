# SPDX-License-Identifier: MIT
#
# The book, for the top Makefile.

.PHONY: docs pictures slides

docs: ## the book as a website with a search, and as one page to print: build/docs
	@$(PYTHON) tools/book/website.py build/docs

pictures: ## draw the book's pictures again, from the constants in the code
	@$(PYTHON) tools/book/pictures.py

slides: ## the decks of a course, one HTML file a week, to show or to print: build/slides
	@$(PYTHON) tools/book/slides.py build/slides
