"""How Sphinx builds this site: `python3 dev.py docs`, or `sphinx-build -n -W docs docs/_build/html`.

Pages under `generated/` are written by `_site` before the sources are read: the lessons, a page a model, the
reference.  Nothing is loaded from elsewhere when the site is read: MathJax is copied beside the pages.
"""

from __future__ import annotations

import sys
from importlib.metadata import version as installed
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

project = "deterrence"
author = "The deterrence authors"
copyright = "The deterrence authors"
release = version = installed("deterrence")

extensions = ["myst_nb", "sphinx.ext.mathjax", "sphinxcontrib.bibtex", "_site"]
exclude_patterns = ["_build", "_site", "_static"]
master_doc = "index"
nitpicky = True
toc_object_entries_show_parents = "hide"
add_module_names = False

# the lessons are committed without outputs, and run when they or the library changed
nb_execution_mode = "cache"
nb_execution_timeout = 120  # a reply may go unnoticed until the time is up, so not for long
nb_execution_raise_on_error = True
nb_execution_show_tb = True
nb_ipywidgets_js: dict[str, dict[str, str]] = {}
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
myst_links_external_new_tab = False

bibtex_bibfiles = ["../models/references.bib"]
bibtex_default_style = "plain"
bibtex_reference_style = "author_year"

mathjax_path = "mathjax/tex-mml-chtml.js"
mathjax3_config = {
    "chtml": {"scale": 0.95},
    "options": {"enableMenu": False},
    "tex": {"inlineMath": [["\\(", "\\)"], ["$", "$"]]},  # as notebooks write it in what they show
}
myst_mathjax_classes = "tex2jax_process|mathjax_process|math|output_area|cell_output"

html_theme = "pydata_sphinx_theme"
html_title = "deterrence"
html_static_path = ["_static", "_build/vendor"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_search_summary = False  # it would fetch pages, which a browser refuses for files
html_sidebars = {"index": [], "glossary": []}
html_theme_options = {
    "navbar_align": "left",
    "navbar_end": ["theme-switcher"],
    "navbar_persistent": ["search-button"],
    "header_links_before_dropdown": 7,
    "show_nav_level": 1,
    "show_toc_level": 2,
    "navigation_with_keys": False,
    "footer_start": ["copyright"],
    "footer_end": [],
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
